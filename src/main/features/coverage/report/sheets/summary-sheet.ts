import { yesNo } from "#main/documents/worker.ts";
import type { Cell, Sheet, SheetRow } from "#main/documents/worker.ts";
import type { FindingKind, Run } from "#shared/domain/coverage.ts";
import type { Platform } from "#shared/domain/ids.ts";
import type { ReportIndex } from "../report-index.ts";
import { isInEffect } from "../report-index.ts";
import { findingWords, platformWords, runStateWords, strategyWords, triggerWords } from "../words.ts";

const columns = [
  { header: "Coverage audit", width: 34 },
  { header: "Value", width: 40 },
  ...Array.from({ length: 6 }, () => ({ header: "", width: 12 })),
];

/**
 * Where the results come from, the findings by kind, and coverage by category. The counts of results are before
 * exclusions; in the category table an accepted gap counts as covered, and archived groups do not count.
 */
export function describeSummary(index: ReportIndex): Sheet {
  const rows = [...factRows(index), ...findingRows(index), ...categoryRows(index)];
  return { name: "Summary", columns, rows, highlights: [], hasFilter: false };
}

function factRows(index: ReportIndex): SheetRow[] {
  const { run, sources, exclusions } = index.report;
  const facts: [string, Cell][] = [
    ...(run === null ? newestFacts(index) : runFacts(run)),
    ["Exclusions in effect", exclusions.filter((each) => isInEffect(each, index.atMs)).length],
  ];
  for (const { platform, previousRun } of sources) {
    const about = sources.length === 1 ? "" : ` (${platformWords[platform]})`;
    facts.push(
      [`Compared with${about}`, previousRun === null ? "No earlier run" : previousRun.id],
      [
        `Compared run started (UTC)${about}`,
        previousRun === null ? null : { timeMs: previousRun.startedAtMs },
      ],
    );
  }
  facts.push(["Generated (UTC)", { timeMs: index.atMs }]);
  if (run?.failure) facts.push(["What went wrong", `${run.failure.message} ${run.failure.todo}`]);
  return facts.map((cells) => ({ cells }));
}

function runFacts(run: Run): [string, Cell][] {
  return [
    ["Run", run.id],
    ["State", runStateWords[run.state]],
    ["Simulated world", yesNo(run.isSandbox)],
    ["Platforms", namesOf(run.platforms)],
    ["Started (UTC)", { timeMs: run.startedAtMs }],
    ["Finished (UTC)", run.finishedAtMs === null ? null : { timeMs: run.finishedAtMs }],
    ["Started by", triggerWords[run.trigger]],
    ...strategyFacts(run),
    ["Calls", run.calls],
    ["Seconds waited for limits", seconds(run.waitedMs)],
    ["Seconds in all", seconds(run.elapsedMs)],
    ["Groups", run.groups],
    ["People", run.people],
    ["Present", run.present],
    ["Absent", run.absent],
    ["Unknown", run.unknown],
  ];
}

/** Of the newest results of each connection there is no one run to tell of: each is named with its age. */
function newestFacts({ report }: ReportIndex): [string, Cell][] {
  const { sources, groups, people, results } = report;
  const count = (presence: string) => results.filter((result) => result.presence === presence).length;
  return [
    ["Run", "The newest of each connection"],
    ["Simulated world", yesNo(sources.some(({ run }) => run.isSandbox))],
    ["Platforms", namesOf([...new Set(sources.map(({ platform }) => platform))])],
    ...sources.flatMap(({ platform, run }): [string, Cell][] => [
      [`Run (${platformWords[platform]})`, run.id],
      [`State (${platformWords[platform]})`, runStateWords[run.state]],
      [`Started (UTC) (${platformWords[platform]})`, { timeMs: run.startedAtMs }],
    ]),
    ["Groups", groups.length],
    ["People", people.length],
    ["Present", count("present")],
    ["Absent", count("absent")],
    ["Unknown", count("unknown")],
  ];
}

/** One line where every platform was asked in the same way, otherwise one for each. */
function strategyFacts({ strategies }: Run): [string, Cell][] {
  const [first] = strategies;
  if (first === undefined) return [["Strategy", "Not decided"]];
  if (strategies.every(({ strategy }) => strategy === first.strategy))
    return [["Strategy", strategyWords[first.strategy]]];
  return strategies.map(({ platform, strategy }) => [
    `Strategy (${platformWords[platform]})`,
    strategyWords[strategy],
  ]);
}

function namesOf(platforms: readonly Platform[]): string {
  return platforms.map((platform) => platformWords[platform]).join(", ");
}

function findingRows({ report }: ReportIndex): SheetRow[] {
  const counts = new Map<FindingKind, number>();
  for (const { kind } of report.findings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [
    { cells: [] },
    { cells: ["Finding", "Count"], isHeading: true },
    ...Object.entries(findingWords).map(([kind, { name }]) => ({
      cells: [name, counts.get(kind as FindingKind) ?? 0],
    })),
  ];
}

interface CategoryTally {
  groups: number;
  present: number;
  absent: number;
  unknown: number;
  accepted: number;
}

function categoryRows(index: ReportIndex): SheetRow[] {
  const tallies = new Map<string, CategoryTally>();
  for (const group of index.report.groups) {
    if (group.isArchived) continue;
    const name = group.categoryName ?? "No category";
    const tally = tallies.get(name) ?? { groups: 0, present: 0, absent: 0, unknown: 0, accepted: 0 };
    const { required } = index.tallyOf(group.key);
    tallies.set(name, {
      groups: tally.groups + 1,
      present: tally.present + required.present.length,
      absent: tally.absent + required.missing.length,
      unknown: tally.unknown + required.unknown.length,
      accepted: tally.accepted + required.accepted.length,
    });
  }
  return [
    { cells: [] },
    {
      cells: ["Category", "Groups", "Required", "Present", "Absent", "Unknown", "Accepted", "Coverage"],
      isHeading: true,
    },
    ...[...tallies].map(([name, tally]) => ({ cells: categoryCells(name, tally) })),
  ];
}

function categoryCells(name: string, { groups, present, absent, unknown, accepted }: CategoryTally): Cell[] {
  const required = present + absent + unknown + accepted;
  const coverage = required === 0 ? null : { share: (present + accepted) / required };
  return [name, groups, required, present, absent, unknown, accepted, coverage];
}

function seconds(durationMs: number): number {
  return Math.round(durationMs / 100) / 10;
}
