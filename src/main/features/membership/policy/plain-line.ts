/**
 * What would end a line, steer a terminal, or reorder the text around it: control characters, line and paragraph
 * separators, and the marks of writing direction.
 */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB]+/gu;

/** Letters that are written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

const ISOLATE = "\u2068";
const END_OF_ISOLATE = "\u2069";

/**
 * Somebody else's text as part of one line: what is not to be seen becomes a space, and text that holds letters written
 * from right to left is set apart by Unicode's isolates (UAX #9, checked 2026-11), so that it cannot reorder the rest.
 */
export function toPlainLine(text: string): string {
  const line = text.toWellFormed().replaceAll(UNSEEN, " ").trim();
  return RIGHT_TO_LEFT.test(line) ? `${ISOLATE}${line}${END_OF_ISOLATE}` : line;
}
