import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ok } from "#shared/lib/result.ts";
import { createKeyringHome, type KeyringHome } from "#test/platforms/keychain/keyring-session.ts";

const HOSTS = "test/platforms/keychain/hosts";

// That each of these processes ends at all is half of what is tested: nobody closes their keychain.
describe.skipIf(process.platform !== "linux")("the keychain's host", () => {
  let home: KeyringHome;
  beforeEach(async () => {
    home = await createKeyringHome();
  });
  afterEach(() => home.remove());

  test("a Secret Service that never answers locks the keychain, call by call, and lets the process end", async () => {
    const locked = {
      ok: false,
      error: { code: "keychain/locked", facts: { reason: "no answer within 1000 ms" } },
    };

    expect(await home.run("silent-bus", ["probe", "get:a"], undefined, 1_000)).toMatchObject([
      locked,
      locked,
    ]);
  });

  test("a host that hangs is replaced by a fresh one, which the next call reaches", async () => {
    const steps = ["get:a", "set:a=x", "get:a"];

    expect(await home.run("no-bus", steps, `${HOSTS}/once-hanging-host.ts`, 1_000)).toMatchObject([
      { ok: false, error: { code: "keychain/locked" } },
      { ok: true },
      ok("x"),
    ]);
  });

  test("a host that crashes leaves no keychain, but an answer, each time", async () => {
    const ended = {
      ok: false,
      error: { code: "keychain/unavailable", facts: { reason: "the keychain's process ended" } },
    };

    expect(await home.run("no-bus", ["get:a", "probe"], `${HOSTS}/dying-host.ts`)).toMatchObject([
      ended,
      ended,
    ]);
  });

  test("a host that cannot be started is no keychain", async () => {
    expect(await home.run("no-bus", ["probe"], `${HOSTS}/not-there.ts`)).toMatchObject([
      { ok: false, error: { code: "keychain/unavailable" } },
    ]);
  });
});
