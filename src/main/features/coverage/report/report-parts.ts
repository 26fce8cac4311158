import type { CoverageResult } from "#shared/domain/coverage.ts";
import type { PackedResults } from "./packed-results.ts";
import { packResults, unpackResults } from "./packed-results.ts";
import type { RunReport } from "./run-report.ts";

type Lists = Pick<RunReport, "groups" | "people" | "results" | "findings" | "exclusions">;
type Changes = NonNullable<RunReport["comparison"]>;
type ChangeLists = Omit<Changes, "beforeRunId" | "afterRunId">;
type ListName = keyof Lists | keyof ChangeLists;

/** A report without the items of its lists. */
export type ReportHead = Pick<RunReport, "run" | "previousRun"> & {
  readonly compared: Pick<Changes, "beforeRunId" | "afterRunId"> | null;
};

/** A few items of one list. */
export type ReportPart =
  | { readonly list: Exclude<ListName, "results">; readonly items: readonly unknown[] }
  | { readonly list: "results"; readonly packed: PackedResults };

/** So many results pack as quickly as one object is copied. */
const RESULTS_AN_ITEM = 10;

const lists = ["groups", "people", "findings", "exclusions"] as const satisfies readonly Exclude<
  keyof Lists,
  "results"
>[];
const changeLists = [
  "newGaps",
  "closedGaps",
  "newGroups",
  "goneGroups",
  "renamedGroups",
] as const satisfies readonly (keyof ChangeLists)[];

export function headOf({ run, previousRun, comparison }: RunReport): ReportHead {
  const compared = comparison && {
    beforeRunId: comparison.beforeRunId,
    afterRunId: comparison.afterRunId,
  };
  return { run, previousRun, compared };
}

/** The report's items, at most `size` at once: copying a big report to another thread in one go holds this one up. */
export function* splitReport(report: RunReport, size: number): Generator<ReportPart> {
  for (const list of lists) yield* splitList(list, report[list], size);
  const resultsAtOnce = size * RESULTS_AN_ITEM;
  for (let at = 0; at < report.results.length; at += resultsAtOnce) {
    yield { list: "results", packed: packResults(report.results.slice(at, at + resultsAtOnce)) };
  }
  if (report.comparison === null) return;
  for (const list of changeLists) yield* splitList(list, report.comparison[list], size);
}

function* splitList(
  list: Exclude<ListName, "results">,
  items: readonly unknown[],
  size: number,
): Generator<ReportPart> {
  for (let at = 0; at < items.length; at += size) yield { list, items: items.slice(at, at + size) };
}

/** Puts a report together again: the inverse of `headOf` and `splitReport`. */
export function joinReport(head: ReportHead, parts: Iterable<ReportPart>): RunReport {
  const joined = Object.fromEntries([...lists, ...changeLists].map((list) => [list, [] as unknown[]]));
  const results: CoverageResult[] = [];
  for (const part of parts) {
    if (part.list === "results") for (const result of unpackResults(part.packed)) results.push(result);
    else for (const item of part.items) joined[part.list]?.push(item);
  }
  const pick = (names: readonly ListName[]) => Object.fromEntries(names.map((name) => [name, joined[name]]));
  return {
    run: head.run,
    ...(pick(lists) as unknown as Omit<Lists, "results">),
    results,
    comparison: head.compared && { ...head.compared, ...(pick(changeLists) as unknown as ChangeLists) },
    previousRun: head.previousRun,
  };
}
