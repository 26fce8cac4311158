/**
 * Tells the person at the terminal what is going on.
 * Always on standard error: standard output belongs to whatever the script was asked to produce.
 */
export function say(message) {
  process.stderr.write(`muster: ${message}\n`);
}
