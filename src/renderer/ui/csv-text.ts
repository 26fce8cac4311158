/**
 * What a spreadsheet could take for the start of a formula, behind blanks and invisible marks (OWASP "CSV
 * injection", checked 2026-11).
 */
const FORMULA_START =
  /^[\s\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]*[=+\-@\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20]/;

/** Lines of fields as CSV (RFC 4180, CRLF between lines); no field is taken for a formula. */
export function csvText(lines: readonly (readonly string[])[]): string {
  return lines.map((fields) => fields.map(toField).join(",")).join("\r\n");
}

function toField(text: string): string {
  const safe = FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
