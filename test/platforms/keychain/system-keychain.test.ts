import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ok } from "#shared/lib/result.ts";
import { createKeyringHome, type KeyringHome, REAL_HOST } from "#test/platforms/keychain/keyring-session.ts";

const failing = (code: string, reason: RegExp | null = null) => ({
  ok: false,
  error: { code, facts: reason ? { reason: expect.stringMatching(reason) as string } : {} },
});
const done = { ok: true };

// On Linux these run or fail; elsewhere there is no gnome-keyring to test against.
if (process.platform !== "linux")
  console.warn("SKIPPED: the keychain tests need gnome-keyring, and so Linux");

describe.skipIf(process.platform !== "linux").each([
  { where: REAL_HOST, place: "a process of its own" },
  { where: "in-process", place: "this process" },
])("the system keychain in $place against a real gnome-keyring", ({ where }) => {
  let home: KeyringHome;
  beforeEach(async () => {
    home = await createKeyringHome(where);
  });
  afterEach(() => home.remove());

  test("keeps, replaces and forgets a secret, in one session", async () => {
    const steps = ["probe", "set:a=first", "set:a=second", "get:a", "remove:a", "get:a", "remove:a"];

    expect(await home.run("unlocked", steps)).toMatchObject([
      done,
      done,
      done,
      ok("second"),
      done,
      failing("keychain/secret-missing"),
      done,
    ]);
  });

  test("finds a secret again in the next session, and says missing only of what is missing", async () => {
    await home.run("unlocked", ["set:a=kept"]);

    expect(await home.run("unlocked", ["get:a", "get:b"])).toMatchObject([
      ok("kept"),
      failing("keychain/secret-missing"),
    ]);
  });

  test("a locked keyring is locked, not empty: reading, writing, removing and probing say so", async () => {
    await home.run("unlocked", ["set:a=kept"]);

    const locked = await home.run("locked", ["get:a", "set:b=new", "remove:a", "probe"]);

    const refused = failing("keychain/locked", /locked collection/);
    expect(locked).toMatchObject([refused, refused, refused, refused]);
    expect(await home.run("unlocked", ["get:a"])).toMatchObject([ok("kept")]);
  });

  test("without any keyring yet, and nobody to ask for a password, nothing can be kept", async () => {
    const refused = failing("keychain/locked", /collection/);

    expect(await home.run("none-yet", ["get:a", "set:a=x", "probe"])).toMatchObject([
      refused,
      refused,
      refused,
    ]);
  });

  test("a session in which nobody offers secrets has no keychain", async () => {
    const missing = failing("keychain/unavailable", /not provided by any/);

    expect(await home.run("no-service", ["get:a", "set:a=x", "probe"])).toMatchObject([
      missing,
      missing,
      missing,
    ]);
  });

  test("a machine without a session bus has no keychain", async () => {
    const missing = failing("keychain/unavailable", /D-Bus|bus/i);

    expect(await home.run("no-bus", ["get:a", "set:a=x", "probe"])).toMatchObject([
      missing,
      missing,
      missing,
    ]);
  });
});
