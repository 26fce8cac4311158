import path from "node:path";
import { z } from "zod";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import type { JobRunner } from "#main/jobs/job-runner.ts";
import { findRequest, type OperationRow } from "#main/store/queries/operations.ts";
import type { Reader, Writer } from "#main/store/store.ts";
import { JobId } from "#shared/domain/ids.ts";
import type { OperationId, OperationLogs } from "#shared/domain/operation.ts";
import { localTimeIn } from "../policy/local-time.ts";
import { logName, logPrefix } from "../policy/log-name.ts";

/**
 * What is known of an ended operation's files. The name is kept rather than derived anew: the laptop's time zone is part of
 * it and does not stay the same.
 */
const ReportRecord = z.object({
  name: z.string(),
  zone: z.string(),
  /** Writes them, or did. */
  jobId: JobId,
  isWritten: z.boolean(),
});
export type ReportRecord = z.infer<typeof ReportRecord>;

const recordKey = (operationId: OperationId) => `operation-log ${operationId}`;
const nameKey = (name: string) => `operation-log-name ${name}`;

export async function findReportRecord(db: Reader, operationId: OperationId): Promise<ReportRecord | null> {
  return ReportRecord.safeParse(await findSetting(db, recordKey(operationId))).data ?? null;
}

export async function saveReportRecord(
  db: Writer,
  operationId: OperationId,
  record: ReportRecord,
): Promise<void> {
  await saveSetting(db, recordKey(operationId), record);
}

/**
 * The name and zone of an operation's files, taken for it alone: by its kind and by when it began to run. One that ends a
 * second time, after it was resumed, keeps those it has.
 */
export async function takeReportName(
  db: Writer,
  row: OperationRow,
  zone: string,
): Promise<Pick<ReportRecord, "name" | "zone">> {
  const earlier = await findReportRecord(db, row.id);
  if (earlier !== null) return { name: earlier.name, zone: earlier.zone };
  const stamp = localTimeIn(zone).stamp(row.approvedAtMs ?? row.confirmedAtMs ?? row.createdAtMs);
  const prefix = await prefixOf(db, row);
  for (let turn = 1; ; turn++) {
    const name = logName(prefix, stamp, turn);
    if ((await findSetting(db, nameKey(name))) !== undefined) continue;
    await saveSetting(db, nameKey(name), row.id);
    return { name, zone };
  }
}

/** What an operation's files are called, without when. Its request, which may be megabytes, is read only where it tells. */
export async function prefixOf(read: Reader, { id, kind }: OperationRow): Promise<string> {
  return logPrefix(kind, kind === "history" ? await findRequest(read, id) : null);
}

/** The paths of both files in the profile. */
export function pathsOf(folder: string, name: string): Pick<OperationLogs, "log" | "workbook"> {
  return { log: path.join(folder, `${name}.log`), workbook: path.join(folder, `${name}.xlsx`) };
}

interface LogSources {
  readonly read: Reader;
  readonly jobs: Pick<JobRunner, "find">;
  readonly operationsFolder: string;
}

/** Where an operation's files are, or why they are not there yet; null for one that has not been run to an end. */
export async function describeLogs(
  { read, jobs, operationsFolder }: LogSources,
  operationId: OperationId,
): Promise<OperationLogs | null> {
  const record = await findReportRecord(read, operationId);
  if (record === null) return null;
  const paths = pathsOf(operationsFolder, record.name);
  if (record.isWritten) return { ...paths, state: "written", failure: null };
  const job = await jobs.find(record.jobId);
  const failure = job?.failure ?? null;
  return { ...paths, state: failure === null ? "pending" : "failed", failure };
}
