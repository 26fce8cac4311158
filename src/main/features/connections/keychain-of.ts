import type { Keychain } from "#main/platforms/keychain/index.ts";
import type { ConnectionsDeps } from "./connections-deps.ts";

/** Where the secret of a connection lives: the system's keychain, or memory for the sandbox's. */
export function keychainOf(
  deps: Pick<ConnectionsDeps, "keychain" | "sandboxKeychain">,
  { isSandbox }: { readonly isSandbox: boolean },
): Keychain {
  return isSandbox ? deps.sandboxKeychain : deps.keychain;
}
