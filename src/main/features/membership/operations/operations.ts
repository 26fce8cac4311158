import type { JobKind } from "#main/jobs/job-kind.ts";
import { findOperation } from "#main/store/queries/operations.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type {
  MembershipSettings,
  Operation,
  OperationDetail,
  OperationId,
  OperationProgress,
  OperationStep,
  StepState,
} from "#shared/domain/operation.ts";
import type { Page, PageRequest } from "#shared/domain/page.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import type { EngineDeps } from "../membership-deps.ts";
import type { RunPayload } from "../run/run-payload.ts";
import { describeOperation } from "./describe-operation.ts";
import { readOperationPage, readStepPage } from "./list-operations.ts";
import { createMembershipSettings } from "./membership-settings.ts";
import { createOperationActions, notFound, type OperationActions } from "./operation-actions.ts";
import { watchOperation } from "./watch-operation.ts";

/** The operations' part of the door. */
export interface OperationsDoor extends OperationActions {
  list(request: PageRequest): Promise<Page<Operation>>;
  get(input: { operationId: OperationId }): Promise<Result<OperationDetail, Failure>>;
  listSteps(
    request: PageRequest & { operationId: OperationId; states: StepState[]; search: string },
  ): Promise<Result<Page<OperationStep>, Failure>>;
  progress(
    input: { operationId: OperationId },
    signal: AbortSignal,
  ): Promise<Result<AsyncGenerator<OperationProgress, void, void>, Failure>>;
  getSettings(): Promise<MembershipSettings>;
  saveSettings(settings: MembershipSettings): Promise<Result<MembershipSettings, Failure>>;
}

export function createOperations(deps: EngineDeps, runJob: JobKind<RunPayload>): OperationsDoor {
  const { clock, jobs } = deps;
  const { read } = deps.store;
  const sources = { read, jobs, clock, operationsFolder: deps.operationsFolder };

  return {
    ...createOperationActions(deps, runJob),
    ...createMembershipSettings(deps),

    list: (request) => readOperationPage(sources, request),

    async get({ operationId }) {
      const row = await findOperation(read, operationId);
      const detail = row && (await describeOperation(sources, row));
      return detail ? ok(detail) : notFound(operationId);
    },

    async listSteps(request) {
      const row = await findOperation(read, request.operationId);
      if (row === null) return notFound(request.operationId);
      return ok(await readStepPage(read, request));
    },

    async progress({ operationId }, signal) {
      if ((await findOperation(read, operationId)) === null) return notFound(operationId);
      return ok(watchOperation(sources, operationId, signal));
    },
  };
}
