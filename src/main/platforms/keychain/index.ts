/** Where secrets live: the system's keychain, or memory for the sandbox. */
export type { SpawnKeychainHost } from "./host/keychain-host-process.ts";
export { spawnHostWithNode } from "./host/spawn-host-with-node.ts";
export type { Keychain } from "./keychain.ts";
export { librarySourceFor } from "./library-source.ts";
export { createMemoryKeychain } from "./memory-keychain.ts";
export { createSystemKeychain, type SystemKeychain } from "./system-keychain.ts";
