/** The door of the jobs: the runner is made here; what a kind of work and the runner promise is in their own files. */
export { isCronRule } from "./cron.ts";
export type { ItemEnd, JobEnd, JobItem, JobKind, JobRun, PhaseEnd } from "./job-kind.ts";
export type { JobRunner } from "./job-runner.ts";
export { createJobRunner, type JobRunnerDependencies } from "./runner.ts";
export type { Schedule, ScheduleDefinition } from "./schedule.ts";
export { watchJobs } from "./watch-jobs.ts";
export { decideTurn, isLate } from "./turn-times.ts";
