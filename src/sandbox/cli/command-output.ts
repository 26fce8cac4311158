/** Where a command writes; standard output carries machine-readable text only. */
export interface CommandOutput {
  out(text: string): void;
  err(text: string): void;
}
