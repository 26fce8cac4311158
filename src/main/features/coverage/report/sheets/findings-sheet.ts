import type { Sheet, SheetRow } from "#main/documents/worker.ts";
import type { Finding, RunGroup } from "#shared/domain/coverage.ts";
import type { ReportIndex } from "../report-index.ts";
import { findingWords, platformWords } from "../words.ts";

const columns = [
  { header: "Finding", width: 26 },
  { header: "Platform", width: 10 },
  { header: "Group Name", width: 36 },
  { header: "Category", width: 16 },
  { header: "Details", width: 50 },
  { header: "What To Do", width: 36 },
];

/** What was found about groups themselves; missing members are on the sheet Gaps. */
export function describeFindings(index: ReportIndex): Sheet {
  return { name: "Findings", columns, rows: listRows(index), highlights: [], hasFilter: true };
}

function* listRows(index: ReportIndex): Generator<SheetRow> {
  for (const finding of index.report.findings) {
    if (finding.personId !== null) continue;
    const group = index.groups.get(finding.groupKey);
    const { name, todo } = findingWords[finding.kind];
    yield {
      cells: [
        name,
        group ? platformWords[group.platform] : null,
        group?.name ?? finding.groupKey,
        group?.categoryName ?? null,
        group ? detailOf(finding, group) : null,
        todo,
      ],
    };
  }
}

function detailOf({ kind }: Finding, group: RunGroup): string | null {
  if (kind === "deprecated-name") {
    const terms = group.deprecatedTerms.join(", ");
    return group.suggestedName === null ? terms : `${terms}; suggested name: ${group.suggestedName}`;
  }
  return kind === "not-readable" ? (group.unreadable?.message ?? null) : null;
}
