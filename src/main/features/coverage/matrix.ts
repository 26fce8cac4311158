import { listExclusions } from "#main/store/queries/coverage-exclusions.ts";
import { listMigrations } from "#main/store/queries/coverage-evidence.ts";
import type { Reader } from "#main/store/store.ts";
import type { Finding } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import type { Matrix, MatrixRow } from "#shared/domain/matrix.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { nextTurn } from "./audit/next-turn.ts";
import { exclusionsInEffect, type FindExclusion } from "./policy/exclusions-in-effect.ts";
import { findingsOf } from "./policy/findings.ts";
import { groupResults, matrixRowOf } from "./policy/matrix-rows.ts";
import { sourcesOf } from "./newest-runs.ts";
import { readNewest, readRun, type RunFacts } from "./run-reader.ts";

/** Rows built at once before others get the main thread. */
const ROWS_AT_ONCE = 200;

/**
 * The matrix of a run, or of the newest results of each connection when `runId` is null. Null when there is no such run,
 * or none with results. Exclusions are applied as of `nowMs`.
 */
export async function readMatrix(read: Reader, runId: RunId | null, nowMs: EpochMs): Promise<Matrix | null> {
  const facts = runId === null ? await readNewest(read) : await readRun(read, runId);
  if (facts === null) return null;
  return {
    runId,
    sources: await sourcesOf(read, facts.sources),
    people: [...facts.people],
    rows: await buildRows(
      facts,
      exclusionsInEffect(await listExclusions(read), nowMs, await listMigrations(read)),
    ),
  };
}

export async function buildRows(facts: RunFacts, findExclusion: FindExclusion): Promise<MatrixRow[]> {
  const byGroup = groupResults(facts.results);
  const rows: MatrixRow[] = [];
  for (const group of facts.groups) {
    rows.push(matrixRowOf(group, byGroup.get(group.key) ?? [], findExclusion));
    if (rows.length % ROWS_AT_ONCE === 0) await nextTurn();
  }
  return rows;
}

/** All findings of a run, group by group. */
export async function buildFindings(facts: RunFacts, findExclusion: FindExclusion): Promise<Finding[]> {
  const byGroup = groupResults(facts.results);
  const findings: Finding[] = [];
  for (const [at, group] of facts.groups.entries()) {
    findings.push(...findingsOf(group, byGroup.get(group.key) ?? [], findExclusion));
    if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await nextTurn();
  }
  return findings;
}
