import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createMemoryKeychain, createSystemKeychain } from "#main/platforms/keychain/index.ts";
import type { SecretLibrary } from "#main/platforms/keychain/secret-library.ts";
import { ok } from "#shared/lib/result.ts";

const never = new Promise<never>(() => undefined);

/** A library that keeps what it is given, with some of its functions replaced. */
function library(replaced: Partial<SecretLibrary> = {}): SecretLibrary {
  const kept = new Map<string, string>();
  return {
    getPassword: (_service, account) => Promise.resolve(kept.get(account) ?? null),
    setPassword: (_service, account, password) => {
      kept.set(account, password);
      return Promise.resolve();
    },
    deletePassword: (_service, account) => Promise.resolve(kept.delete(account)),
    ...replaced,
  };
}

function keychainOn(parts: SecretLibrary, cut: (() => void) | null = null) {
  const source = { load: () => Promise.resolve(parts), cut };
  return createSystemKeychain({ service: "muster", deadlineMs: 20, source });
}

describe("a keychain that hangs where its calls cannot be ended", () => {
  test("is reported as locked when the deadline has passed", async () => {
    const keychain = keychainOn(library({ getPassword: () => never }));

    expect(await keychain.getSecret("a")).toMatchObject({
      error: { code: "keychain/locked", facts: { reason: "no answer within 20 ms" } },
    });
  });

  test("is not asked again while the first request still hangs", async () => {
    let asked = 0;
    const keychain = keychainOn(
      library({
        setPassword: () => {
          asked += 1;
          return never;
        },
      }),
    );
    await keychain.setSecret("a", "x");

    const later = [await keychain.setSecret("a", "x"), await keychain.getSecret("a"), await keychain.probe()];

    expect({ later, asked }).toMatchObject({
      later: Array.from({ length: 3 }, () => ({
        error: { code: "keychain/locked", facts: { reason: "an earlier request still waits" } },
      })),
      asked: 1,
    });
  });

  test("works again once the hanging request is over, also when it failed", async () => {
    const parts = library();
    let dismiss: (() => void) | null = null;
    const keychain = keychainOn({
      ...parts,
      setPassword: (service, account, password) =>
        dismiss
          ? parts.setPassword(service, account, password)
          : new Promise((_resolve, reject) => {
              dismiss = () => reject(new Error("dismissed"));
            }),
    });
    const hanging = await keychain.setSecret("a", "x");
    (dismiss as (() => void) | null)?.();
    await setImmediate();

    expect([hanging, await keychain.setSecret("a", "x"), await keychain.getSecret("a")]).toMatchObject([
      { error: { code: "keychain/locked" } },
      { ok: true },
      ok("x"),
    ]);
  });
});

describe("closing a keychain", () => {
  test("lets what is under way end, refuses what comes later, and cuts what remains", async () => {
    const said: string[] = [];
    const parts = library();
    const keychain = keychainOn(
      {
        ...parts,
        deletePassword: async (service, account) => {
          const removed = await parts.deletePassword(service, account);
          said.push("removed");
          return removed;
        },
      },
      () => said.push("cut"),
    );
    const probe = keychain.probe();
    const closed = keychain.close();
    const late = await keychain.getSecret("a");
    await closed;

    expect({ probe: await probe, late, said }).toMatchObject({
      probe: ok(undefined),
      late: { error: { code: "keychain/locked", facts: { reason: "Muster is closing" } } },
      said: ["removed", "cut"],
    });
  });

  test("cuts off what hangs", async () => {
    let end: (() => void) | null = null;
    const keychain = createSystemKeychain({
      service: "muster",
      deadlineMs: 60_000,
      source: {
        load: () =>
          Promise.resolve(
            library({
              getPassword: () => new Promise((_resolve, reject) => (end = () => reject(new Error("cut")))),
            }),
          ),
        cut: () => end?.(),
      },
    });
    const hanging = keychain.getSecret("a");
    await keychain.close();

    expect(await hanging).toMatchObject({ error: { code: "keychain/locked", facts: { reason: "cut" } } });
  });
});

test("a keyring that accepts a write and forgets it does not count as a keychain", async () => {
  const keychain = keychainOn(library({ setPassword: () => Promise.resolve() }));

  expect(await keychain.setSecret("a", "x")).toMatchObject({
    error: { code: "keychain/locked", facts: { reason: "the secret could not be read back" } },
  });
});

test("a native library that does not load is an unavailable keychain, and is tried again", async () => {
  let tries = 0;
  const keychain = createSystemKeychain({
    service: "muster",
    deadlineMs: 20,
    source: {
      cut: null,
      load: () =>
        ++tries === 1
          ? Promise.reject(new Error("libsecret-1.so.0: cannot open shared object file"))
          : Promise.resolve(library()),
    },
  });

  expect([await keychain.probe(), await keychain.probe()]).toMatchObject([
    {
      error: {
        code: "keychain/unavailable",
        facts: { reason: expect.stringContaining("libsecret") as string },
      },
    },
    { ok: true },
  ]);
});

test("a probe leaves nothing behind", async () => {
  const kept = new Set<string>();
  const parts = library();
  const keychain = keychainOn({
    ...parts,
    setPassword: (service, account, password) => {
      kept.add(account);
      return parts.setPassword(service, account, password);
    },
    deletePassword: (service, account) => {
      kept.delete(account);
      return parts.deletePassword(service, account);
    },
  });

  expect([await keychain.probe(), kept.size]).toEqual([ok(undefined), 0]);
});

test("the memory keychain answers like a keychain", async () => {
  const keychain = createMemoryKeychain();
  const before = await keychain.getSecret("a");
  await keychain.setSecret("a", "x");
  const kept = await keychain.getSecret("a");
  await keychain.removeSecret("a");

  expect([before, kept, await keychain.getSecret("a"), await keychain.removeSecret("a")]).toMatchObject([
    { error: { code: "keychain/secret-missing" } },
    ok("x"),
    { error: { code: "keychain/secret-missing" } },
    { ok: true },
  ]);
});
