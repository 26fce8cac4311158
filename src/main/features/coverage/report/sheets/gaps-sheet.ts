import type { Sheet, SheetRow } from "#main/documents/worker.ts";
import type { ReportIndex } from "../report-index.ts";
import { levelWords, platformWords } from "../words.ts";

const columns = [
  { header: "Platform", width: 10 },
  { header: "Group Name", width: 36 },
  { header: "Category", width: 16 },
  { header: "Missing Person", width: 26 },
  { header: "Role", width: 18 },
  { header: "Level", width: 10 },
  { header: "Group ID", width: 16 },
];

/** One row for every proven absence that no exclusion accepts, in the order of the results. */
export function describeGaps(index: ReportIndex): Sheet {
  return {
    name: "Gaps",
    columns,
    rows: listRows(index),
    highlights: [
      { columns: ["F"], formula: '$F2="Required"', tone: "bad" },
      { columns: ["F"], formula: '$F2="Optional"', tone: "warning" },
    ],
    hasFilter: true,
  };
}

function* listRows(index: ReportIndex): Generator<SheetRow> {
  for (const { groupKey, personId, level, presence } of index.report.results) {
    if (presence !== "absent" || index.findExclusion(groupKey, personId)) continue;
    const group = index.groups.get(groupKey);
    yield {
      cells: [
        group ? platformWords[group.platform] : null,
        group?.name ?? groupKey,
        group?.categoryName ?? null,
        index.nameOf(personId),
        index.people.get(personId)?.role ?? null,
        levelWords[level],
        group?.groupId ?? null,
      ],
    };
  }
}
