import type { Terminal } from "./terminal.ts";

/** The person at the command line. */
export interface Operator {
  readonly terminal: Terminal;
  /** Aborts with Ctrl+C. */
  readonly interrupted: AbortSignal;
}
