import type { RunPerson } from "#shared/domain/coverage.ts";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { FINDING_WORDS, PLATFORM_WORDS } from "#renderer/api/words.ts";
import { cellWords } from "./cell-words.ts";

/**
 * What a spreadsheet could take for the start of a formula, behind blanks and invisible marks (OWASP "CSV
 * injection", checked 2026-11).
 */
const FORMULA_START =
  /^[\s\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]*[=+\-@\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20]/;

/** The rows as CSV (RFC 4180, CRLF) with a header line: the group's facts, then one column a person. */
export function matrixCsv(rows: readonly MatrixRow[], people: readonly RunPerson[]): string {
  const header = [
    "Platform",
    "Group",
    "Category",
    "Required present",
    "Required total",
    "Privacy",
    "Members",
    "Findings",
    ...people.map(({ name }) => name),
  ];
  const lines = rows.map((row) => {
    const cells = new Map(row.cells.map((cell) => [cell.personId, cell]));
    return [
      PLATFORM_WORDS[row.group.platform],
      row.group.name,
      row.group.categoryName ?? "",
      String(row.requiredPresent),
      String(row.requiredTotal),
      row.group.privacy,
      row.group.memberCount === null ? "" : String(row.group.memberCount),
      row.findings.map((kind) => FINDING_WORDS[kind]).join("; "),
      ...people.map(({ personId }) => {
        const cell = cells.get(personId);
        return cell ? cellWords(cell) : "";
      }),
    ];
  });
  return [header, ...lines].map((fields) => fields.map(toField).join(",")).join("\r\n");
}

function toField(text: string): string {
  const safe = FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
