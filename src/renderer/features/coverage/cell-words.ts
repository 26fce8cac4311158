import type { MatrixCell } from "#shared/domain/matrix.ts";
import { PRESENCE_WORDS, REASON_WORDS } from "#renderer/api/words.ts";

/** What the mark of a cell says, in words: “Absent, required”. */
export function cellWords(cell: MatrixCell): string {
  const parts = [
    PRESENCE_WORDS[cell.presence],
    cell.level,
    cell.reason ? REASON_WORDS[cell.reason].short : null,
    cell.exclusionId ? "excluded" : null,
  ];
  return parts.filter(Boolean).join(", ");
}
