import { createHostedLibrary } from "./host/hosted-library.ts";
import type { SpawnKeychainHost } from "./host/keychain-host-process.ts";
import { loadKeytar, type SecretLibrarySource } from "./secret-library.ts";

/**
 * Decides where the native library runs (docs/decisions/0013). On Linux in a process of its own, because a Secret
 * Service that does not answer holds a native thread for ever, and with it the end of the process. On macOS and Windows
 * in this one: there the system answers, and it asks the user about, and remembers, the program that calls.
 */
export function librarySourceFor(os: NodeJS.Platform, spawn: SpawnKeychainHost): SecretLibrarySource {
  return os === "darwin" || os === "win32" ? { load: loadKeytar, cut: null } : createHostedLibrary(spawn);
}
