import type { Sheet, SheetRow } from "#main/documents/worker.ts";
import type { ReportIndex } from "../report-index.ts";
import { levelWords, platformWords, unknownReasonWords } from "../words.ts";

const columns = [
  { header: "Platform", width: 10 },
  { header: "Group Name", width: 36 },
  { header: "Category", width: 16 },
  { header: "Person", width: 26 },
  { header: "Level", width: 10 },
  { header: "Reason", width: 64 },
  { header: "What Was Refused", width: 50 },
];

/** One row for every result that could not be settled, accepted or not: as many as the run's `unknown`. */
export function describeUnknown(index: ReportIndex): Sheet {
  return { name: "Unknown", columns, rows: listRows(index), highlights: [], hasFilter: true };
}

function* listRows(index: ReportIndex): Generator<SheetRow> {
  for (const { groupKey, personId, level, presence, reason } of index.report.results) {
    if (presence !== "unknown") continue;
    const group = index.groups.get(groupKey);
    yield {
      cells: [
        group ? platformWords[group.platform] : null,
        group?.name ?? groupKey,
        group?.categoryName ?? null,
        index.nameOf(personId),
        levelWords[level],
        reason === null ? null : unknownReasonWords[reason],
        group?.unreadable?.message ?? null,
      ],
    };
  }
}
