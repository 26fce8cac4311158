import type { WrittenDocument } from "#main/documents/index.ts";
import { findOperation } from "#main/store/queries/operations.ts";
import type { FindStep, FoundFormat, OperationReportFormat } from "#shared/contract/membership.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { OperationId, OperationLogs } from "#shared/domain/operation.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { FindingDoor } from "../find/find-groups.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import { localTimeIn } from "../policy/local-time.ts";
import { logName } from "../policy/log-name.ts";
import { describeFoundWorkbook, formatFoundJson, type FoundReport } from "./found-report.ts";
import { readOperationReport } from "./operation-report.ts";
import { describeLogs, findReportRecord, prefixOf } from "./report-record.ts";
import { writeReport } from "./write-report.ts";

/** A file is short work, and nobody can take it back once asked for. */
const NEVER = new AbortController().signal;

/** Looks whose outcome is kept for a file; older ones are forgotten. */
const LOOKS_KEPT = 5;

/** The part of the door that writes files. */
export interface ReportsDoor {
  /** What a file about it is called, without the ending. `input/not-found`. */
  nameReport(input: { readonly operationId: OperationId }): Promise<Result<string, Failure>>;
  /** Writes an operation, or what it would do, as of now. `input/not-found`, `input/file-unwritable`. */
  writeReport(input: {
    readonly operationId: OperationId;
    readonly format: OperationReportFormat;
    readonly path: string;
  }): Promise<Result<WrittenDocument, Failure>>;
  /** Resolves once the files of an operation that has ended are written, or cannot be; null before its end. */
  settleLogs(input: { readonly operationId: OperationId }): Promise<OperationLogs | null>;
  /** What a file about the newest look for this person is called, without the ending. `input/not-found` before one. */
  nameFound(input: { readonly personId: PersonId | null }): Result<string, Failure>;
  /** Writes what that look came to. `input/not-found`, `input/file-unwritable`. */
  writeFound(input: {
    readonly personId: PersonId | null;
    readonly format: FoundFormat;
    readonly path: string;
  }): Promise<Result<WrittenDocument, Failure>>;
}

/** Looks go through here, so that what the newest came to can be written into a file. */
export function createReports(deps: MembershipDeps, finding: FindingDoor): ReportsDoor & FindingDoor {
  const { store, clock, jobs, tables, operationsFolder } = deps;
  const sources = { read: store.read, jobs, operationsFolder };
  const looks = new Map<PersonId | null, FoundReport>();

  function localTime() {
    return localTimeIn(deps.timeZone());
  }

  async function* remember(
    personId: PersonId | null,
    steps: AsyncGenerator<FindStep, void, void>,
  ): AsyncGenerator<FindStep, void, void> {
    for await (const step of steps) {
      if (step.groups !== null) await keep(personId, step, step.groups);
      yield step;
    }
  }

  async function keep(
    personId: PersonId | null,
    { problems }: FindStep,
    groups: NonNullable<FindStep["groups"]>,
  ): Promise<void> {
    const { team } = await deps.team.get();
    const name = team.find(({ id }) => id === personId)?.name;
    const person = personId === null ? null : { id: personId, name: name ?? personId };
    // The newest last.
    looks.delete(personId);
    looks.set(personId, { person, askedAtMs: clock.nowMs(), groups, problems });
    const [oldest] = looks.keys();
    if (looks.size > LOOKS_KEPT && oldest !== undefined) looks.delete(oldest);
  }

  return {
    async find(input, signal) {
      const found = await finding.find(input, signal);
      return found.ok ? ok(remember(input.personId, found.value)) : found;
    },

    async nameReport({ operationId }) {
      const row = await findOperation(store.read, operationId);
      if (row === null) return err(failure("input/not-found", { operationId }));
      const record = await findReportRecord(store.read, operationId);
      if (record !== null) return ok(record.name);
      const stamp = localTime().stamp(row.plannedAtMs ?? row.createdAtMs);
      const prefix = await prefixOf(store.read, row);
      return ok(logName(row.runJobId === null ? `plan_${prefix}` : prefix, stamp, 1));
    },

    async writeReport({ operationId, format, path }) {
      const row = await findOperation(store.read, operationId);
      if (row === null) return err(failure("input/not-found", { operationId }));
      const report = await readOperationReport({ read: store.read, jobs }, row);
      const common = { time: localTime(), atMs: clock.nowMs(), signal: NEVER };
      return writeReport(tables, report, { format, path, ...common });
    },

    async settleLogs({ operationId }) {
      const record = await findReportRecord(store.read, operationId);
      const job = record && (await jobs.find(record.jobId));
      // One that waits for room on the disk may wait for days.
      if (record && (job?.state === "queued" || job?.state === "running")) await oneTry(record.jobId);
      return describeLogs(sources, operationId);
    },

    nameFound({ personId }) {
      const found = looks.get(personId);
      if (found === undefined) return err(failure("input/not-found", { personId }));
      return ok(`${personId === null ? "groups" : "found"}_${localTime().stamp(found.askedAtMs)}`);
    },

    async writeFound({ personId, format, path }) {
      const found = looks.get(personId);
      if (found === undefined) return err(failure("input/not-found", { personId }));
      return format === "xlsx"
        ? tables.writeWorkbook(describeFoundWorkbook(found, localTime()), { path, signal: NEVER })
        : tables.writeText(formatFoundJson(found, clock.nowMs()), { path, signal: NEVER });
    },
  };

  /** Until a job has ended, or tried and waits. */
  function oneTry(jobId: Parameters<typeof jobs.settled>[0]): Promise<void> {
    return new Promise((resolve) => {
      const stop = jobs.watch((job) => {
        if (job.id !== jobId || job.state === "queued" || job.state === "running") return;
        stop();
        resolve();
      });
      // It may have come to its end before anybody listened.
      void jobs.find(jobId).then((job) => {
        if (job?.state === "queued" || job?.state === "running") return;
        stop();
        resolve();
      });
    });
  }
}
