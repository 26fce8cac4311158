/** Telegram allows 128 characters; this only keeps a broken server from filling the database. */
const MAX_NAME_LENGTH = 1_000;

/** Half a surrogate pair becomes U+FFFD here, as SQLite would make it, so that a stored name equals the live one. */
export function cutName(name: string): string {
  return name.slice(0, MAX_NAME_LENGTH).toWellFormed();
}
