import { z } from "zod";
import {
  createJobRunner,
  type JobKind,
  type JobRunner,
  type JobRunnerDependencies,
} from "#main/jobs/index.ts";
import type { JobId } from "#shared/domain/ids.ts";
import { silentLog } from "#shared/lib/log.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";
import { openTemporaryStore, type TemporaryStore } from "./temporary-store.ts";

/** A job kind with text as payload that does what `run` says. */
export function kindOf(run: JobKind<string>["run"], rest: Partial<JobKind<string>> = {}): JobKind<string> {
  return { kind: "test", payload: z.string(), maxAttempts: 3, run, ...rest };
}

/** A runner on a real store and a manual clock. */
export interface JobBench {
  readonly store: TemporaryStore;
  readonly clock: ManualClock;
  readonly runner: JobRunner;
  readonly announced: string[];
  enqueue(kind: JobKind<string>, payload?: string): Promise<JobId>;
}

/** Starts a runner with these kinds; on the same store as `before`, when there was a process before this one. */
export async function startJobs(
  kinds: readonly JobKind<string>[],
  before?: Pick<JobBench, "store" | "clock">,
  options: Partial<JobRunnerDependencies> = {},
  starting?: Parameters<JobRunner["start"]>[0],
): Promise<JobBench> {
  const clock = before?.clock ?? createManualClock();
  const store = before?.store ?? (await openTemporaryStore({ clock }));
  const announced: string[] = [];
  const runner = createJobRunner({
    store,
    clock,
    log: silentLog,
    announce: (topic) => announced.push(topic),
    random: () => 1,
    ...options,
  });
  for (const kind of kinds) runner.register(kind);
  await runner.start(starting);
  return {
    store,
    clock,
    runner,
    announced,
    enqueue: (kind, payload = "") =>
      store.write((writer) => runner.enqueue(writer, { kind, title: `the ${kind.kind} job`, payload })),
  };
}
