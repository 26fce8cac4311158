import type { CoverageResult } from "#shared/domain/coverage.ts";
import type { PackedResults } from "./packed-results.ts";
import { packResults, unpackResults } from "./packed-results.ts";
import type { RunReport } from "./run-report.ts";

type Lists = Pick<RunReport, "groups" | "people" | "results" | "findings" | "exclusions">;
type ChangeLists = NonNullable<RunReport["changes"]>;
type ListName = keyof Lists | keyof ChangeLists;

/** A report without the items of its lists. */
export type ReportHead = Pick<RunReport, "run" | "sources"> & { readonly isCompared: boolean };

/** What the worker is told first: the report without its lists, and what to make of it. */
export type ReportFile = ReportHead & { readonly format: "xlsx" | "csv" | "json" };

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

export function headOf({ run, sources, changes }: RunReport): ReportHead {
  return { run, sources, isCompared: changes !== null };
}

/** The report's items, at most `size` at once: copying a big report to another thread in one go holds this one up. */
export function* splitReport(report: RunReport, size: number): Generator<ReportPart> {
  for (const list of lists) yield* splitList(list, report[list], size);
  const resultsAtOnce = size * RESULTS_AN_ITEM;
  for (let at = 0; at < report.results.length; at += resultsAtOnce) {
    yield { list: "results", packed: packResults(report.results.slice(at, at + resultsAtOnce)) };
  }
  if (report.changes === null) return;
  for (const list of changeLists) yield* splitList(list, report.changes[list], size);
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
    sources: head.sources,
    ...(pick(lists) as unknown as Omit<Lists, "results">),
    results,
    changes: head.isCompared ? (pick(changeLists) as unknown as ChangeLists) : null,
  };
}
