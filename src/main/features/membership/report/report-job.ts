import { z } from "zod";
import { makeFolder } from "#main/documents/index.ts";
import type { JobEnd, JobKind, JobRun } from "#main/jobs/job-kind.ts";
import { findOperation, type OperationRow } from "#main/store/queries/operations.ts";
import type { Writer } from "#main/store/store.ts";
import { OperationId } from "#shared/domain/operation.ts";
import { hasEnded } from "#shared/domain/operation-phase.ts";
import type { EngineDeps } from "../membership-deps.ts";
import { localTimeIn } from "../policy/local-time.ts";
import { readOperationReport } from "./operation-report.ts";
import { findReportRecord, pathsOf, saveReportRecord, takeReportName } from "./report-record.ts";
import { writeReport } from "./write-report.ts";

export const ReportPayload = z.object({ operationId: OperationId });
export type ReportPayload = z.infer<typeof ReportPayload>;

/** A full disk is looked at again for about three days, ever less often, before the operator has to ask. */
const MAX_ATTEMPTS = 300;

/**
 * The job that writes an ended operation's log and workbook into the profile. It is put into the queue by the transaction
 * that ends the operation, so the files come even when Muster is killed right after; as long as they cannot be written, it
 * says why and tries again.
 */
export function createReportJob(deps: EngineDeps): JobKind<ReportPayload> {
  return {
    kind: "membership.report",
    payload: ReportPayload,
    maxAttempts: MAX_ATTEMPTS,

    async run(job) {
      const row = await findOperation(deps.store.read, job.payload.operationId);
      // One that was resumed meanwhile gets its files when it ends again.
      if (row === null || !hasEnded(row.state)) return { end: "done" };
      return writeFiles(deps, job, row);
    },
  };
}

async function writeFiles(deps: EngineDeps, job: JobRun<ReportPayload>, row: OperationRow): Promise<JobEnd> {
  const { store, clock, operationsFolder } = deps;
  const record = await findReportRecord(store.read, row.id);
  // A later end of the same operation has a job of its own.
  if (record === null || record.jobId !== job.jobId) return { end: "done" };
  const folder = await makeFolder(operationsFolder);
  if (!folder.ok) return { end: "failed", failure: folder.error };
  const report = await readOperationReport({ read: store.read, jobs: deps.jobs }, row);
  const { log, workbook } = pathsOf(operationsFolder, record.name);
  const common = { time: localTimeIn(record.zone), atMs: clock.nowMs(), signal: job.signal };
  for (const file of [{ format: "log", path: log } as const, { format: "xlsx", path: workbook } as const]) {
    const written = await writeReport(deps.tables, report, { ...file, ...common });
    if (!written.ok) {
      deps.announce("operations");
      return { end: "failed", failure: written.error };
    }
  }
  await job.save((writer) => saveReportRecord(writer, row.id, { ...record, isWritten: true }));
  deps.announce("operations");
  return { end: "done" };
}

/** In the transaction that ends an operation's run: has its files written. */
export async function enqueueReport(
  deps: Pick<EngineDeps, "jobs" | "timeZone">,
  reportJob: JobKind<ReportPayload>,
  writer: Writer,
  row: OperationRow,
): Promise<void> {
  const taken = await takeReportName(writer, row, deps.timeZone());
  const jobId = await deps.jobs.enqueue(writer, {
    kind: reportJob,
    title: `Log of: ${row.title}`,
    payload: { operationId: row.id },
  });
  await saveReportRecord(writer, row.id, { ...taken, jobId, isWritten: false });
}
