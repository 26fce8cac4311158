import { yesNo } from "#main/documents/worker.ts";
import type { Highlight, Sheet, SheetRow } from "#main/documents/worker.ts";
import type { RunGroup } from "#shared/domain/coverage.ts";
import type { ReportIndex } from "../report-index.ts";
import { ownRightWords, platformWords } from "../words.ts";

const columns = [
  { header: "Platform", width: 10 },
  { header: "Group Name", width: 36 },
  { header: "Category", width: 16 },
  { header: "Requires Full Team", width: 12 },
  { header: "Needs Rename", width: 10 },
  { header: "Privacy Status", width: 24 },
  { header: "History Visibility", width: 14 },
  { header: "Admin Status", width: 14 },
  { header: "Total Members", width: 10 },
  { header: "Required Present", width: 40 },
  { header: "Required Missing", width: 30 },
  { header: "Optional Present", width: 24 },
  { header: "Optional Missing", width: 24 },
  { header: "Completeness", width: 16 },
];

/** `4/5 required` says that all are there when both numbers are the same. */
const isComplete = 'LEFT($N2,FIND("/",$N2)-1)=MID($N2,FIND("/",$N2)+1,FIND(" ",$N2)-FIND("/",$N2)-1)';

const highlights: readonly Highlight[] = [
  { columns: ["K", "N"], formula: "LEN($K2)>0", tone: "bad" },
  { columns: ["N"], formula: isComplete, tone: "good" },
  { columns: ["N"], formula: `NOT(${isComplete})`, tone: "warning" },
  { columns: ["M"], formula: "LEN($M2)>0", tone: "warning" },
  { columns: ["E"], formula: '$E2="Yes"', tone: "warning" },
  { columns: ["F"], formula: 'RIGHT($F2,17)="should be private"', tone: "bad" },
];

/**
 * One row a group, in the run's order. Completeness says what was found, as the matrix does: an accepted gap is asked
 * for and not present, but no longer listed as missing. Nor is a person whose presence is unknown: the sheet Unknown
 * names them.
 */
export function describeGroups(index: ReportIndex): Sheet {
  return { name: "Groups", columns, rows: listRows(index), highlights, hasFilter: true };
}

function* listRows(index: ReportIndex): Generator<SheetRow> {
  for (const group of index.report.groups) {
    const { required, optional } = index.tallyOf(group.key);
    const asked =
      required.present.length + required.missing.length + required.unknown.length + required.accepted.length;
    yield {
      cells: [
        platformWords[group.platform],
        group.name,
        group.categoryName,
        yesNo(group.requiresFullTeam),
        yesNo(group.deprecatedTerms.length > 0),
        privacyOf(group),
        historyOf(group),
        // An app needs no admin right to audit Slack.
        group.telegram === null ? "n/a (Slack)" : ownRightWords[group.telegram.ownRight],
        group.memberCount,
        required.present.join(", "),
        required.missing.join(", "),
        optional.present.join(", "),
        optional.missing.join(", "),
        `${required.present.length}/${asked} required`,
      ],
    };
  }
}

/** On Slack members read the whole history. */
function historyOf({ telegram }: RunGroup): string {
  if (telegram === null) return "n/a (Slack)";
  if (telegram.isHistoryHidden === null) return "Not asked";
  return telegram.isHistoryHidden ? "Hidden" : "Visible";
}

function privacyOf(group: RunGroup): string {
  if (group.privacy === "private") return "Private";
  return group.expectPrivate ? "Public, should be private" : "Public";
}
