import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";

/**
 * Where secrets live. Every call has a deadline, because an unlock prompt can block for ever.
 * `name` is the connection id; the value is never logged.
 */
export interface Keychain {
  /** Writes, reads back and removes a throw-away secret: the only proof that the keychain works. */
  probe(): Promise<Result<void, Failure>>;
  /** `keychain/secret-missing` when there is none although the keychain works. */
  getSecret(name: string): Promise<Result<string, Failure>>;
  setSecret(name: string, secret: string): Promise<Result<void, Failure>>;
  /** Removing what is not there succeeds. */
  removeSecret(name: string): Promise<Result<void, Failure>>;
}
