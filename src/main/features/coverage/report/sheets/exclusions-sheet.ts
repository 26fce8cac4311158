import type { Sheet, SheetRow } from "#main/documents/worker.ts";
import type { CoverageResult, Exclusion } from "#shared/domain/coverage.ts";
import type { ReportIndex } from "../report-index.ts";
import { isInEffect } from "../report-index.ts";
import { platformWords } from "../words.ts";

const columns = [
  { header: "Platform", width: 10 },
  { header: "Group Name", width: 36 },
  { header: "Person", width: 26 },
  { header: "Reason", width: 50 },
  { header: "Owner", width: 20 },
  { header: "Accepted (UTC)", width: 20 },
  { header: "Expires (UTC)", width: 20 },
  { header: "In Effect", width: 12 },
  { header: "In This Run", width: 14 },
];

/** Every exclusion on record; expired ones say so, and those that accept nothing in this run too. */
export function describeExclusions(index: ReportIndex): Sheet {
  return {
    name: "Exclusions",
    columns,
    rows: listRows(index),
    highlights: [{ columns: ["H"], formula: '$H2="Expired"', tone: "warning" }],
    hasFilter: true,
  };
}

function* listRows(index: ReportIndex): Generator<SheetRow> {
  const results = new Map(
    index.report.results.map((result) => [cellOf(result.groupKey, result.personId), result]),
  );
  for (const exclusion of index.report.exclusions) {
    const group = index.groups.get(exclusion.groupKey);
    yield {
      cells: [
        group ? platformWords[group.platform] : null,
        group?.name ?? exclusion.groupKey,
        index.nameOf(exclusion.personId),
        exclusion.reason,
        exclusion.owner,
        { timeMs: exclusion.createdAtMs },
        exclusion.expiresAtMs === null ? null : { timeMs: exclusion.expiresAtMs },
        isInEffect(exclusion, index.atMs) ? "Yes" : "Expired",
        statusIn(results, exclusion),
      ],
    };
  }
}

function statusIn(results: ReadonlyMap<string, CoverageResult>, exclusion: Exclusion): string {
  const result = results.get(cellOf(exclusion.groupKey, exclusion.personId));
  if (!result) return "Not asked for";
  const words = { present: "Present", absent: "Missing", unknown: "Unknown" } as const;
  return words[result.presence];
}

function cellOf(groupKey: string, personId: string): string {
  return `${groupKey}\n${personId}`;
}
