import { randomBytes } from "node:crypto";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { TIMED_OUT, withDeadline } from "./deadline.ts";
import type { Keychain } from "./keychain.ts";
import type { SecretLibrary, SecretLibrarySource } from "./secret-library.ts";
import { readKeychainError, readLoadError } from "./translate-error.ts";

export interface SystemKeychainOptions {
  /** Under which the secrets are filed; another profile may use another one. */
  readonly service: string;
  /** How long one operation may take, an unlock prompt included. */
  readonly deadlineMs: number;
  readonly source: SecretLibrarySource;
}

export interface SystemKeychain extends Keychain {
  /**
   * Lets what is under way end, for a second at most, and then cuts it off; a healthy keyring needs a few
   * milliseconds. Whatever is asked afterwards is refused.
   */
  close(): Promise<void>;
}

const closingGraceMs = 1_000;

/**
 * The keychain of the operating system: Keychain, Credential Manager, or a Secret Service (gnome-keyring, KWallet).
 *
 * On Linux the library answers "no such secret" also when the keyring is locked or missing, and only a write tells
 * the difference; therefore an absent secret is believed only after a write has succeeded. A call that hangs on a
 * prompt is cut off at the deadline, and the next one begins afresh. Where the source cannot cut, the call occupies one
 * of the few native threads for as long as it hangs, so the next ones are refused at once until it is over.
 * `keychain/locked` and `keychain/unavailable` carry the library's own `reason`.
 */
export function createSystemKeychain(options: SystemKeychainOptions): SystemKeychain {
  const { service, deadlineMs, source } = options;
  let library: SecretLibrary | null = null;
  let overdue = 0;
  let state: "open" | "closing" | "closed" = "open";
  const underWay = new Set<Promise<unknown>>();

  async function ask<Value>(
    operation: (library: SecretLibrary) => Promise<Value>,
  ): Promise<Result<Value, Failure>> {
    if (overdue > 0) return err(failure("keychain/locked", { reason: "an earlier request still waits" }));
    try {
      library ??= await source.load();
    } catch (error) {
      return err(readLoadError(error));
    }
    if (state === "closed") return err(closing());
    const work = operation(library);
    try {
      const value = await withDeadline(work, deadlineMs);
      if (value !== TIMED_OUT) return ok(value);
    } catch (error) {
      return err(readKeychainError(error));
    }
    if (source.cut) source.cut();
    else countOverdue(work);
    return err(failure("keychain/locked", { reason: `no answer within ${deadlineMs} ms` }));
  }

  function countOverdue(work: Promise<unknown>): void {
    overdue += 1;
    const settle = (): void => {
      overdue -= 1;
    };
    work.then(settle, settle);
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

  async function find(name: string): Promise<Result<string, Failure>> {
    const found = await ask((library) => library.getPassword(service, name));
    if (!found.ok) return found;
    if (found.value !== null) return ok(found.value);
    const works = await probe();
    return works.ok ? err(failure("keychain/secret-missing")) : works;
  }

  async function remove(name: string): Promise<Result<void, Failure>> {
    const removed = await ask((library) => library.deletePassword(service, name));
    if (!removed.ok) return removed;
    // "Nothing removed" is also what a locked keyring says.
    return removed.value ? ok(undefined) : probe();
  }

  /** Begins an operation, unless it is too late, and remembers it until it is over. */
  async function begin<Value>(
    operation: () => Promise<Result<Value, Failure>>,
  ): Promise<Result<Value, Failure>> {
    if (state !== "open") return err(closing());
    const work = operation();
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  }

  return {
    probe: () => begin(probe),
    getSecret: (name) => begin(() => find(name)),
    setSecret: (name, secret) => begin(() => store(name, secret)),
    removeSecret: (name) => begin(() => remove(name)),

    async close() {
      state = "closing";
      // A probe that is cut off would leave its throw-away secret behind.
      await withDeadline(Promise.allSettled(underWay), closingGraceMs);
      state = "closed";
      source.cut?.();
    },
  };
}

function closing(): Failure {
  return failure("keychain/locked", { reason: "Muster is closing" });
}
