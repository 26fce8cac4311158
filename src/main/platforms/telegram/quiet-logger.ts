import { Logger, LogLevel } from "telegram/extensions/Logger.js";

/**
 * The library's log goes nowhere: its lines hold what servers and people wrote, and where it may write at all it also
 * writes to the console. What happens to a connection is logged by us, in our words.
 */
export class QuietLogger extends Logger {
  constructor() {
    super(LogLevel.NONE);
  }

  override canSend(): boolean {
    return false;
  }

  override log(): void {}
}
