/** A child process, as far as the launcher needs one; Electron's utility processes and Node's children both fit. */
export interface SpawnedProcess {
  /** Hears standard output as UTF-8 text, in pieces of any length. */
  onStdout(listener: (text: string) => void): void;
  onStderr(listener: (text: string) => void): void;
  /** Heard once, after everything it said. `code` is null when the process was killed or never started. */
  onExit(listener: (code: number | null) => void): void;
  /** Asks the process to end. */
  end(): void;
  /** Ends it without asking. */
  kill(): void;
}

/** Starts the sandbox's program with these arguments. The child must not outlive this process. */
export type SpawnSandbox = (args: readonly string[]) => SpawnedProcess;
