/** Membership: planned changes to many groups, carried out step by step, proven by reading back. */
import { type ApprovalsDoor, createApprovals } from "./approval/approvals.ts";
import { createFinding, type FindingDoor } from "./find/find-groups.ts";
import { createHelpRequests, type HelpDoor } from "./help/help-requests.ts";
import type { MembershipDeps } from "./membership-deps.ts";
import { createEvidence, type EvidenceDoor } from "./offboarding/evidence.ts";
import { createOffboardings, type OffboardingDoor } from "./offboarding/offboardings.ts";
import { createOperationEvents, type OperationEventsDoor } from "./operations/operation-events.ts";
import { createOperations, type OperationsDoor } from "./operations/operations.ts";
import { createLineReadings, type LinesDoor } from "./plan/line-readings.ts";
import { createPlanJob } from "./plan/plan-job.ts";
import { createPlanning, type PlanningDoor } from "./plan/planning.ts";
import { createPreview, type PreviewDoor } from "./plan/preview-rename.ts";
import { recost } from "./plan/recost.ts";
import { createRecurrences, type RecurrencesDoor } from "./recurring/recurrences.ts";
import { createRunUnseen } from "./recurring/run-unseen.ts";
import { createTurnJob } from "./recurring/turn-job.ts";
import { createStepHelp, type StepHelpDoor } from "./report/help-with-step.ts";
import { createReportJob } from "./report/report-job.ts";
import { createReports, type ReportsDoor } from "./report/reports.ts";
import { createRunJob } from "./run/run-job.ts";
import { createOperatorKey } from "./signing/operator-key.ts";

export type { MembershipDeps } from "./membership-deps.ts";
export { readMapping } from "./policy/json-lines.ts";
export type { TakenRecurrenceTurn } from "./recurring/recurrences.ts";

/** The door of the feature, procedure by procedure as in the contract. */
export type Membership = OperationsDoor &
  PlanningDoor &
  PreviewDoor &
  LinesDoor &
  FindingDoor &
  ReportsDoor &
  StepHelpDoor &
  OffboardingDoor &
  HelpDoor &
  EvidenceDoor &
  ApprovalsDoor &
  RecurrencesDoor &
  OperationEventsDoor;

/** Registers its kinds of job, so it is made before the runner starts. */
export function createMembership(deps: MembershipDeps): Membership {
  const reportJob = createReportJob(deps);
  deps.jobs.register(reportJob);
  const runJob = createRunJob(deps, reportJob);
  deps.jobs.register(runJob);
  const planJob = createPlanJob(deps, createRunUnseen(deps, runJob));
  deps.jobs.register(planJob);
  const operations = createOperations(deps, runJob);
  const planning = createPlanning(deps, planJob);
  const turnJob = createTurnJob(deps, planning);
  deps.jobs.register(turnJob);
  // One of them: two would each make a key.
  const operatorKey = createOperatorKey(deps);
  return {
    ...operations,
    async choose(input) {
      const chosen = await operations.choose(input);
      if (!chosen.ok) return chosen;
      await recost(deps, input.operationId);
      return operations.get(input);
    },
    ...planning,
    ...createPreview(deps),
    ...createLineReadings(deps),
    ...createReports(deps, createFinding(deps)),
    ...createStepHelp(deps),
    ...createOffboardings(deps, planning),
    ...createHelpRequests(deps, planning),
    ...createEvidence(deps, operatorKey),
    ...createOperationEvents({ read: deps.store.read, jobs: deps.jobs }),
    ...createRecurrences(deps, turnJob),
    ...createApprovals({ ...deps, operatorKey }, runJob, operations),
  };
}
