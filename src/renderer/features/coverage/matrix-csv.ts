import type { RunPerson } from "#shared/domain/coverage.ts";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { FINDING_WORDS, PLATFORM_WORDS } from "#renderer/api/words.ts";
import { csvText } from "#renderer/ui/csv-text.ts";
import { cellWords } from "./cell-words.ts";

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
  return csvText([header, ...lines]);
}
