import type { Sheet, SheetRow } from "#main/documents/worker.ts";
import type { Gap } from "#shared/domain/coverage.ts";
import type { GroupKey } from "#shared/domain/ids.ts";
import type { ReportIndex } from "../report-index.ts";
import { levelWords, platformWords } from "../words.ts";

const columns = [
  { header: "Change", width: 16 },
  { header: "Platform", width: 10 },
  { header: "Group Name", width: 36 },
  { header: "Person", width: 26 },
  { header: "Level", width: 10 },
  { header: "Name Before", width: 36 },
];

/** What is different from each platform's previous run; one row that says so where there was none. */
export function describeChanges(index: ReportIndex): Sheet {
  return {
    name: "Changes since last run",
    columns,
    rows: listRows(index),
    highlights: [
      { columns: ["A"], formula: '$A2="New gap"', tone: "bad" },
      { columns: ["A"], formula: '$A2="Closed gap"', tone: "good" },
    ],
    hasFilter: true,
  };
}

function* listRows(index: ReportIndex): Generator<SheetRow> {
  const { changes, sources } = index.report;
  if (changes === null) {
    yield { cells: ["No earlier run to compare with"] };
    return;
  }
  for (const { platform, previousRun } of sources) {
    if (previousRun === null) yield { cells: ["No earlier run to compare with", platformWords[platform]] };
  }
  const platformOf = (key: GroupKey) => platformWords[key.startsWith("telegram:") ? "telegram" : "slack"];
  const describeGap = (change: string, gap: Gap): SheetRow => ({
    cells: [change, platformWords[gap.platform], gap.groupName, gap.personName, levelWords[gap.level], null],
  });
  for (const gap of changes.newGaps) yield describeGap("New gap", gap);
  for (const gap of changes.closedGaps) yield describeGap("Closed gap", gap);
  for (const { groupKey, name } of changes.newGroups) {
    yield { cells: ["New group", platformOf(groupKey), name, null, null, null] };
  }
  for (const { groupKey, name } of changes.goneGroups) {
    yield { cells: ["Gone group", platformOf(groupKey), name, null, null, null] };
  }
  for (const { groupKey, before, after } of changes.renamedGroups) {
    yield { cells: ["Renamed group", platformOf(groupKey), after, null, null, before] };
  }
}
