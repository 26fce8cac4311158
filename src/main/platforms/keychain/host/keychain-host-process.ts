/** The keychain's host, as far as we need it; Electron's utility processes and Node's children both fit. */
export interface KeychainHostProcess {
  /** Messages travel in the process's own channel and nowhere else: they hold secrets. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Heard once, also when the process could not be started. */
  onExit(listener: () => void): void;
  /** Ends it without asking: a thread that hangs would not let it end by itself. */
  kill(): void;
}

/** Starts a host. It must not outlive this process, nor keep it alive. */
export type SpawnKeychainHost = () => KeychainHostProcess;
