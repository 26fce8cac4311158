/**
 * Structured logging. `event` is a fixed kebab-case name; `fields` are facts that may be kept: never a secret,
 * never what a customer wrote.
 */
export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void;
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

/** Swallows everything: where a log cannot be kept, and for tests that do not read it. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
