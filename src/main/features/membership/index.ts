/** Membership: planned changes to many groups, carried out step by step, proven by reading back. */
import type { MembershipDeps } from "./membership-deps.ts";
import { createOperations, type OperationsDoor } from "./operations/operations.ts";
import { createRunJob } from "./run/run-job.ts";

export type { MembershipDeps } from "./membership-deps.ts";

/** The door of the feature, procedure by procedure as in the contract. */
export type Membership = OperationsDoor;

/** Registers its kinds of job, so it is made before the runner starts. */
export function createMembership(deps: MembershipDeps): Membership {
  const runJob = createRunJob(deps);
  deps.jobs.register(runJob);
  return createOperations(deps, runJob);
}
