import { describe, expect, test } from "vitest";
import { indexReport } from "#main/features/coverage/report/report-index.ts";
import { describeChanges } from "#main/features/coverage/report/sheets/changes-sheet.ts";
import { describeExclusions } from "#main/features/coverage/report/sheets/exclusions-sheet.ts";
import { describeFindings } from "#main/features/coverage/report/sheets/findings-sheet.ts";
import { describeGaps } from "#main/features/coverage/report/sheets/gaps-sheet.ts";
import { describeGroups } from "#main/features/coverage/report/sheets/groups-sheet.ts";
import type { Sheet } from "#main/documents/worker.ts";
import { describeSummary } from "#main/features/coverage/report/sheets/summary-sheet.ts";
import { describeUnknown } from "#main/features/coverage/report/sheets/unknown-sheet.ts";
import { RunId } from "#shared/domain/ids.ts";
import {
  emptyReport,
  SAMPLE_AT_MS,
  sampleGroup,
  sampleReport,
  sampleRun,
} from "#test/unit/report/sample-report.ts";

function rowsOf(sheet: Sheet): unknown[] {
  return [...sheet.rows].map(({ cells }) => cells);
}

describe("a report's sheets", () => {
  const index = indexReport(sampleReport(), SAMPLE_AT_MS);

  test("Groups has the fourteen columns and lists an accepted gap no longer as missing", () => {
    const sheet = describeGroups(index);
    expect([sheet.columns.map(({ header }) => header), ...rowsOf(sheet)]).toEqual([
      [
        "Platform",
        "Group Name",
        "Category",
        "Requires Full Team",
        "Needs Rename",
        "Privacy Status",
        "History Visibility",
        "Admin Status",
        "Total Members",
        "Required Present",
        "Required Missing",
        "Optional Present",
        "Optional Missing",
        "Completeness",
      ],
      [
        "Slack",
        "bitsafe-acme",
        "BD customer",
        "Yes",
        "No",
        "Private",
        "n/a (Slack)",
        "n/a (Slack)",
        7,
        "Ada Lovelace, Nadia Weber (nw1)",
        "Bo Stone",
        "",
        "Nadia Weber (nw2)",
        "2/3 required",
      ],
      [
        "Slack",
        "ibtc-beta",
        "BD customer",
        "Yes",
        "Yes",
        "Public, should be private",
        "n/a (Slack)",
        "n/a (Slack)",
        null,
        "Bo Stone",
        "Ada Lovelace",
        "",
        "",
        "1/3 required",
      ],
      [
        "Slack",
        "bitsafe-gamma-intro",
        "Intro",
        "No",
        "No",
        "Public",
        "n/a (Slack)",
        "n/a (Slack)",
        7,
        "",
        "",
        "",
        "",
        "0/2 required",
      ],
    ]);
  });

  test("Groups says of Telegram what new members see and what the account may do; Slack has neither", () => {
    const traits = { kind: "supergroup" as const, ownRight: "member" as const, isHistoryHidden: null };
    const groups = (
      [
        traits,
        { ...traits, ownRight: "admin", isHistoryHidden: true },
        { ...traits, ownRight: "rename", isHistoryHidden: false },
        { ...traits, ownRight: "owner" },
        null,
      ] as const
    ).map((telegram, at) =>
      sampleGroup(String(at), { telegram, platform: telegram === null ? "slack" : "telegram" }),
    );
    const sheet = describeGroups(indexReport({ ...emptyReport(), groups }, SAMPLE_AT_MS));
    expect([...sheet.rows].map(({ cells }) => [cells[0], cells[6], cells[7]])).toEqual([
      ["Telegram", "Not asked", "Member"],
      ["Telegram", "Hidden", "Admin"],
      ["Telegram", "Visible", "Admin, can rename"],
      ["Telegram", "Not asked", "Owner"],
      ["Slack", "n/a (Slack)", "n/a (Slack)"],
    ]);
  });

  test("Gaps lists proven absences that no exclusion in effect accepts", () => {
    expect(rowsOf(describeGaps(index))).toEqual([
      ["Slack", "bitsafe-acme", "BD customer", "Bo Stone", "Support", "Required", "C1"],
      ["Slack", "bitsafe-acme", "BD customer", "Nadia Weber (nw2)", "Legal", "Optional", "C1"],
      ["Slack", "ibtc-beta", "BD customer", "Ada Lovelace", "BD", "Required", "C2"],
    ]);
  });

  test("Unknown gives the reason in words", () => {
    expect(rowsOf(describeUnknown(index))).toEqual([
      [
        "Slack",
        "bitsafe-gamma-intro",
        "Intro",
        "Ada Lovelace",
        "Required",
        "The group disappeared while the audit ran.",
        "The channel does not exist, or this account may not see it.",
      ],
      [
        "Slack",
        "bitsafe-gamma-intro",
        "Intro",
        "Bo Stone",
        "Required",
        "No account is recorded for this person on this platform or workspace.",
        "The channel does not exist, or this account may not see it.",
      ],
    ]);
  });

  test("Changes names gaps, groups and renames", () => {
    expect(rowsOf(describeChanges(index))).toEqual([
      ["New gap", "Slack", "bitsafe-acme", "Bo Stone", "Required", null],
      ["New group", "Slack", "bitsafe-gamma-intro", null, null, null],
      ["Gone group", "Telegram", "old", null, null, null],
      ["Renamed group", "Slack", "ibtc-beta", null, null, "ibtc-b"],
    ]);
  });

  test("Changes says so when there is no earlier run", () => {
    expect(rowsOf(describeChanges(indexReport(emptyReport(), SAMPLE_AT_MS)))).toEqual([
      ["No earlier run to compare with"],
    ]);
  });

  test("Exclusions tells which count, and an exclusion ends at the moment it expires", () => {
    const created = { timeMs: SAMPLE_AT_MS - 86_400_000 };
    const why = ["Agreed with the customer", "Jonas", created];
    expect(rowsOf(describeExclusions(index))).toEqual([
      ["Slack", "ibtc-beta", "Nadia Weber (nw1)", ...why, null, "Yes", "Missing"],
      ["Slack", "bitsafe-acme", "Bo Stone", ...why, { timeMs: SAMPLE_AT_MS }, "Expired", "Missing"],
    ]);
  });

  test("Findings lists what concerns groups, not people", () => {
    expect(rowsOf(describeFindings(index))).toEqual([
      ["Public, should be private", "Slack", "ibtc-beta", "BD customer", null, "Make the group private."],
      [
        "Deprecated name",
        "Slack",
        "ibtc-beta",
        "BD customer",
        "iBTC; suggested name: BitSafe-beta",
        "Rename the group.",
      ],
      [
        "Not readable",
        "Slack",
        "bitsafe-gamma-intro",
        "Intro",
        "The channel does not exist, or this account may not see it.",
        "Have the connected account invited.",
      ],
    ]);
  });

  test("Summary counts accepted gaps as covered in its category table", () => {
    const rows = rowsOf(describeSummary(index)) as unknown[][];
    expect(rows.slice(rows.findIndex(([first]) => first === "Finding"))).toEqual([
      ["Finding", "Count"],
      ["Missing required member", 3],
      ["Missing optional member", 1],
      ["Public, should be private", 1],
      ["Deprecated name", 1],
      ["History hidden", 0],
      ["No admin right", 0],
      ["Archived", 0],
      ["Not readable", 1],
      [],
      ["Category", "Groups", "Required", "Present", "Absent", "Unknown", "Accepted", "Coverage"],
      ["BD customer", 2, 6, 3, 2, 0, 1, { share: 4 / 6 }],
      ["Intro", 1, 2, 0, 0, 2, 0, { share: 0 }],
    ]);
    expect(Object.fromEntries(rows.slice(0, 20))).toMatchObject({
      Run: "run-2",
      State: "Completed",
      Strategy: "Person by person: which groups is each in",
      Calls: 12,
      "Seconds waited for limits": 1.3,
      Absent: 4,
      "Exclusions in effect": 1,
      "Compared with": "run-1",
      "Generated (UTC)": { timeMs: SAMPLE_AT_MS },
    });
  });

  test("Summary of several runs names each platform's own, and counts what all of them found", () => {
    const telegram = sampleRun({ id: RunId.parse("run-0"), startedAtMs: SAMPLE_AT_MS - 3 * 86_400_000 });
    const combined = {
      ...sampleReport(),
      run: null,
      sources: [
        { platform: "slack" as const, run: sampleRun(), previousRun: null },
        { platform: "telegram" as const, run: telegram, previousRun: sampleRun() },
      ],
    };
    const rows = rowsOf(describeSummary(indexReport(combined, SAMPLE_AT_MS))) as unknown[][];
    expect(
      rows.slice(
        0,
        rows.findIndex((row) => row.length === 0),
      ),
    ).toEqual([
      ["Run", "The newest of each connection"],
      ["Simulated world", "Yes"],
      ["Platforms", "Slack, Telegram"],
      ["Run (Slack)", "run-2"],
      ["State (Slack)", "Completed"],
      ["Started (UTC) (Slack)", { timeMs: SAMPLE_AT_MS - 60_000 }],
      ["Run (Telegram)", "run-0"],
      ["State (Telegram)", "Completed"],
      ["Started (UTC) (Telegram)", { timeMs: SAMPLE_AT_MS - 3 * 86_400_000 }],
      ["Groups", 3],
      ["People", 4],
      ["Present", 3],
      ["Absent", 4],
      ["Unknown", 2],
      ["Exclusions in effect", 1],
      ["Compared with (Slack)", "No earlier run"],
      ["Compared run started (UTC) (Slack)", null],
      ["Compared with (Telegram)", "run-2"],
      ["Compared run started (UTC) (Telegram)", { timeMs: SAMPLE_AT_MS - 60_000 }],
      ["Generated (UTC)", { timeMs: SAMPLE_AT_MS }],
    ]);
    const [first] = rowsOf(describeChanges(indexReport(combined, SAMPLE_AT_MS))) as unknown[][];
    expect(first).toEqual(["No earlier run to compare with", "Slack"]);
  });

  test("Summary tells how each platform was asked where they were asked in different ways", () => {
    const mixed = sampleRun({
      strategy: null,
      strategies: [
        { platform: "slack", strategy: "roster" },
        { platform: "telegram", strategy: "inverse" },
      ],
    });
    const rows = rowsOf(describeSummary(indexReport({ ...emptyReport(), run: mixed }, SAMPLE_AT_MS)));
    expect((rows as unknown[][]).filter(([name]) => String(name).startsWith("Strategy"))).toEqual([
      ["Strategy (Slack)", "Group by group: who is in each"],
      ["Strategy (Telegram)", "Person by person: which groups is each in"],
    ]);
  });
});
