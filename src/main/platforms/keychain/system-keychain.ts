import { randomBytes } from "node:crypto";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { TIMED_OUT, withDeadline } from "./deadline.ts";
import type { Keychain } from "./keychain.ts";
import { readKeychainError, readLoadError } from "./translate-error.ts";

/** The part of keytar's API that is used. */
export interface SecretLibrary {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface SystemKeychainOptions {
  /** Under which the secrets are filed; another profile may use another one. */
  readonly service: string;
  /** How long one operation may take, an unlock prompt included. */
  readonly deadlineMs: number;
  /** Loads the native library; it is loaded at the first use, because loading fails where libsecret is missing. */
  readonly load?: () => Promise<SecretLibrary>;
}

async function loadKeytar(): Promise<SecretLibrary> {
  return (await import("@github/keytar")).default;
}

/**
 * The keychain of the operating system: Keychain, Credential Manager, or a Secret Service (gnome-keyring, KWallet).
 *
 * On Linux the library answers "no such secret" also when the keyring is locked or missing, and only a write tells
 * the difference; therefore an absent secret is believed only after a write has succeeded. A call that hangs on a
 * prompt occupies one of the few native threads for as long as it hangs, so the next calls are refused at once until
 * it is over. `keychain/locked` and `keychain/unavailable` carry the library's own `reason`.
 */
export function createSystemKeychain(options: SystemKeychainOptions): Keychain {
  const { service, deadlineMs, load = loadKeytar } = options;
  let library: SecretLibrary | null = null;
  let overdue = 0;

  async function ask<Value>(
    operation: (library: SecretLibrary) => Promise<Value>,
  ): Promise<Result<Value, Failure>> {
    if (overdue > 0) return err(failure("keychain/locked", { reason: "an earlier request still waits" }));
    try {
      library ??= await load();
    } catch (error) {
      return err(readLoadError(error));
    }
    const work = operation(library);
    try {
      const value = await withDeadline(work, deadlineMs);
      if (value !== TIMED_OUT) return ok(value);
    } catch (error) {
      return err(readKeychainError(error));
    }
    overdue += 1;
    const settle = (): void => {
      overdue -= 1;
    };
    work.then(settle, settle);
    return err(failure("keychain/locked", { reason: `no answer within ${deadlineMs} ms` }));
  }

  /** Stores and reads back: some keyrings accept a write and forget it. */
  async function store(name: string, secret: string): Promise<Result<void, Failure>> {
    const written = await ask((library) => library.setPassword(service, name, secret));
    if (!written.ok) return written;
    const found = await ask((library) => library.getPassword(service, name));
    if (!found.ok) return found;
    return found.value === secret
      ? ok(undefined)
      : err(failure("keychain/locked", { reason: "the secret could not be read back" }));
  }

  async function probe(): Promise<Result<void, Failure>> {
    const name = `probe-${randomBytes(8).toString("hex")}`;
    const stored = await store(name, "probe");
    if (!stored.ok) return stored;
    const removed = await ask((library) => library.deletePassword(service, name));
    return removed.ok ? ok(undefined) : removed;
  }

  return {
    probe,

    async getSecret(name) {
      const found = await ask((library) => library.getPassword(service, name));
      if (!found.ok) return found;
      if (found.value !== null) return ok(found.value);
      const works = await probe();
      return works.ok ? err(failure("keychain/secret-missing")) : works;
    },

    setSecret: store,

    async removeSecret(name) {
      const removed = await ask((library) => library.deletePassword(service, name));
      if (!removed.ok) return removed;
      // "Nothing removed" is also what a locked keyring says.
      return removed.value ? ok(undefined) : probe();
    },
  };
}
