import { failure } from "#shared/domain/failure.ts";
import { err, ok } from "#shared/lib/result.ts";
import type { Keychain } from "./keychain.ts";

/**
 * Keeps secrets for as long as the process lives. Only for the sandbox: its tokens are derived from a public seed,
 * open nothing but a simulated world on loopback, and are therefore no secrets.
 */
export function createMemoryKeychain(): Keychain {
  const secrets = new Map<string, string>();
  return {
    probe: () => Promise.resolve(ok(undefined)),
    getSecret(name) {
      const secret = secrets.get(name);
      return Promise.resolve(secret === undefined ? err(failure("keychain/secret-missing")) : ok(secret));
    },
    setSecret(name, secret) {
      secrets.set(name, secret);
      return Promise.resolve(ok(undefined));
    },
    removeSecret(name) {
      secrets.delete(name);
      return Promise.resolve(ok(undefined));
    },
  };
}
