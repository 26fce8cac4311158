/** The part of keytar's API that is used. */
export interface SecretLibrary {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** Where the native library runs. */
export interface SecretLibrarySource {
  /** Called at the first use, because loading fails where libsecret is missing; tried again after a failure. */
  load(): Promise<SecretLibrary>;
  /**
   * Ends every call under way, which then rejects; the next call begins afresh. Null where a call that hangs cannot
   * be ended.
   */
  readonly cut: (() => void) | null;
}

/** There is no library to ask: it did not load, or the process it ran in ended. Not what a keychain says. */
export class LibraryUnavailable extends Error {
  override readonly name = "LibraryUnavailable";
}

/** Loads the native library into this very process. */
export async function loadKeytar(): Promise<SecretLibrary> {
  return (await import("@github/keytar")).default;
}
