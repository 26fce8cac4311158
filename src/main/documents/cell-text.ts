/** Excel's longest cell text, in UTF-16 units (checked 2026-11). */
export const CELL_TEXT_MAX = 32_767;

const MAYBE_ODD = /[\u0000-\u001F\u007F\uD800-\uDFFF\uFFFE\uFFFF_]/;
/** What XML 1.0 cannot hold, and DEL, which spreadsheets drop without a trace. */
const UNPRINTABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g;
/** OOXML reads `_x0041_` in a text as the character with that number (ECMA-376 22.9.2.19, checked 2026-11). */
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/g;

/**
 * What a spreadsheet, or someone who copies from one, could take for the start of a formula (OWASP "CSV injection",
 * checked 2026-11), behind any blanks and invisible marks; the full-width and small forms count too.
 */
const FORMULA_START =
  /^(?:[\t\r\n]|[\s\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]*[=+\-@\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20])/;

/** Whether the text must be kept from being evaluated. */
export function isFormulaLike(text: string): boolean {
  // Nearly every text begins with a letter or digit, and a report asks this of a hundred thousand.
  return !isPlainStart(text.charCodeAt(0)) && FORMULA_START.test(text);
}

function isPlainStart(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** The text with everything that no file format of ours can hold replaced by U+FFFD: visible, and never longer. */
export function toPrintable(text: string): string {
  return MAYBE_ODD.test(text) ? text.toWellFormed().replace(UNPRINTABLE, "\uFFFD") : text;
}

/** The text as it must be handed to exceljs so that a spreadsheet shows it unchanged, cut at Excel's limit. */
export function toSheetText(text: string): string {
  const cut = text.length > CELL_TEXT_MAX ? cutText(text) : text;
  if (!MAYBE_ODD.test(cut)) return cut;
  // A bare carriage return would come back as a line feed: XML readers normalise line ends.
  return toPrintable(cut).replace(LOOKS_ESCAPED, "_x005F_").replaceAll("\r", "_x000D_");
}

function cutText(text: string): string {
  // Half a surrogate pair at the cut becomes U+FFFD with the rest of the odd characters.
  return `${text.slice(0, CELL_TEXT_MAX - 1)}…`;
}
