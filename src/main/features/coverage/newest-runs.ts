import { findNewestRunOf } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { Run } from "#shared/domain/coverage.ts";
import { Platform } from "#shared/domain/ids.ts";
import type { PlatformSource } from "#shared/domain/matrix.ts";
import { RUNS_WITH_RESULTS } from "./run-states.ts";

/** A run as the one that tells of a platform. */
export interface PlatformRun {
  readonly platform: Platform;
  readonly run: Run;
}

/**
 * By platform, the newest run with results that read its listing to the end, or else that saw a group of it; platforms
 * that no run has read are left out. An audit of one platform says nothing of the others, so what is known now is what
 * all of these say together. With `before`, as it was when that run started; with `platforms`, of those only.
 */
export async function listNewestRuns(
  read: Reader,
  where: {
    readonly before?: Pick<Run, "id" | "startedAtMs">;
    readonly platforms?: readonly Platform[];
  } = {},
): Promise<PlatformRun[]> {
  const { before = null, platforms = Platform.options } = where;
  const newest: PlatformRun[] = [];
  for (const platform of platforms) {
    const among = { before, states: RUNS_WITH_RESULTS };
    const run =
      (await findNewestRunOf(read, platform, { ...among, knowing: "listed" })) ??
      (await findNewestRunOf(read, platform, { ...among, knowing: "seen" }));
    if (run !== null) newest.push({ platform, run });
  }
  return newest;
}

/** How the screens are told where the results of a platform come from. */
export function sourceOf({ platform, run }: PlatformRun): PlatformSource {
  return { platform, runId: run.id, atMs: run.startedAtMs, state: run.state };
}
