import { expect, test } from "vitest";
import { describeProgress, groupJobs } from "#renderer/features/settings/job-words.ts";
import { formatTime } from "#renderer/ui/format.ts";
import { JobId } from "#shared/domain/ids.ts";
import { type Job, JobState } from "#shared/domain/job.ts";

const job: Job = {
  id: JobId.parse("j"),
  kind: "coverage.audit",
  title: "Audit",
  state: "running",
  progress: { phase: "Reading channels", done: 40, total: 72, etaMs: 200_000, waiting: null },
  attempts: 1,
  failure: null,
  createdAtMs: 1,
  startedAtMs: 1,
  finishedAtMs: null,
};

test("every state of a job belongs to one group, and dead letters to those that need the operator", () => {
  const groups = groupJobs(JobState.options.map((state) => ({ ...job, state })));
  expect(Object.values(groups).map((jobs: Job[]) => jobs.map(({ state }) => state))).toEqual([
    ["paused", "dead"],
    ["queued", "running", "waiting"],
    ["done", "cancelled"],
  ]);
});

test("progress is told with count and time left, or with the wait and its end", () => {
  const waiting = { why: "Slack asked to slow down", untilMs: 1_700_000_000_000 };
  expect([
    describeProgress(job),
    describeProgress({ ...job, state: "waiting", progress: { ...job.progress, waiting } }),
    describeProgress({ ...job, progress: { ...job.progress, done: 0, total: null, etaMs: null } }),
    describeProgress({ ...job, state: "dead", attempts: 10 }),
  ]).toEqual([
    "Reading channels, 40 of 72, about 3 min 20 s left",
    `Reading channels, 40 of 72, Slack asked to slow down, continues at ${formatTime(waiting.untilMs)}`,
    "Reading channels",
    "Reading channels, 40 of 72, tried 10 times",
  ]);
});
