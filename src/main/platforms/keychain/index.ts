/** Where secrets live: the system's keychain, or memory for the sandbox. */
export type { Keychain } from "./keychain.ts";
export { createMemoryKeychain } from "./memory-keychain.ts";
export { createSystemKeychain, type SystemKeychainOptions } from "./system-keychain.ts";
