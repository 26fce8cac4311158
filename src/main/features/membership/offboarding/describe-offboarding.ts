import { z } from "zod";
import { type HelpRequestRow, listHelpRequests } from "#main/store/queries/help-requests.ts";
import {
  listActivityAbout,
  listOffboardingTasks,
  type OffboardingRow,
  type OffboardingTaskRow,
} from "#main/store/queries/offboardings.ts";
import type { Reader } from "#main/store/store.ts";
import { NotAsked, type OffboardingDetail } from "#shared/contract/membership.ts";
import {
  type HelpRequest,
  type Offboarding,
  type OffboardingTask,
  OffboardingTaskState,
} from "#shared/domain/offboarding.ts";
import { describeRequests } from "../help/describe-requests.ts";
import { withRequests } from "../policy/asked-tasks.ts";

/** What the log says of a check; the newest one's gaps are what is not known. */
export const CHECKED = "offboarding.checked";
const CheckedDetails = z.object({ notAsked: z.array(NotAsked) });

/** An offboarding's tasks as they stand, those asked about counted as asked. */
export async function readTasks(
  read: Reader,
  row: OffboardingRow,
  requests: readonly HelpRequest[],
): Promise<OffboardingTask[]> {
  const tasks = await listOffboardingTasks(read, row.id);
  return withRequests(tasks.map(taskOf), requests);
}

export async function readRequestsOf(
  read: Reader,
  rows: readonly HelpRequestRow[],
  { id }: Pick<OffboardingRow, "id">,
): Promise<HelpRequest[]> {
  return describeRequests(
    read,
    rows.filter(({ offboardingId }) => offboardingId === id),
  );
}

/** Rows as lists show them, in their order. */
export async function describeOffboardings(
  read: Reader,
  rows: readonly OffboardingRow[],
): Promise<Offboarding[]> {
  const all = await listHelpRequests(read);
  const described: Offboarding[] = [];
  for (const row of rows) {
    const tasks = await readTasks(read, row, await readRequestsOf(read, all, row));
    described.push({ ...row, counts: countTasks(tasks) });
  }
  return described;
}

/** One offboarding with everything its screen shows. */
export async function readOffboardingDetail(read: Reader, row: OffboardingRow): Promise<OffboardingDetail> {
  const requests = await readRequestsOf(read, await listHelpRequests(read), row);
  const tasks = await readTasks(read, row, requests);
  const sendings = new Set(requests.flatMap(({ sending }) => sending?.operationId ?? []));
  const lines = await listActivityAbout(read, [row.id, ...row.operationIds, ...sendings]);
  return {
    offboarding: { ...row, counts: countTasks(tasks) },
    tasks,
    requests,
    notAsked: notAskedOf(lines.findLast(({ action }) => action === CHECKED)?.details ?? null),
    history: lines.map(({ atMs, actor, action, why }) => ({ atMs, actor, action, why })),
  };
}

/** None when the line was edited into something else: then the next check says it anew. */
function notAskedOf(details: string | null): NotAsked[] {
  if (details === null) return [];
  try {
    return CheckedDetails.parse(JSON.parse(details)).notAsked;
  } catch {
    // The log's own verification tells of edited lines; what is not known is said to be so.
    const why = "What it could not ask can no longer be read.";
    return [{ platform: null, label: "The last check", why, blocks: true }];
  }
}

function taskOf({ offboardingId: _offboardingId, ...task }: OffboardingTaskRow): OffboardingTask {
  return task;
}

function countTasks(tasks: readonly Pick<OffboardingTask, "state">[]): Offboarding["counts"] {
  const counts = Object.fromEntries(OffboardingTaskState.options.map((state) => [state, 0])) as Record<
    OffboardingTaskState,
    number
  >;
  for (const { state } of tasks) counts[state]++;
  return counts;
}
