import type { Membership } from "#main/features/membership/index.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { type OperationDetail, OperationId, type OperationState } from "#shared/domain/operation.ts";
import { ENDED_STATES, PLAN_STATES } from "#shared/domain/operation-phase.ts";
import { err, type Result } from "#shared/lib/result.ts";

/** What `latest` can mean: plans are made all the time, and would stand before what somebody wants to go on with. */
export const LATEST = {
  any: null,
  /** Confirmed, and not ended. */
  left: ["running", "waiting", "paused"],
  ended: ENDED_STATES,
  planned: ["planned"],
  awaited: ["awaiting-approval"],
  unfinished: [...PLAN_STATES, "running", "waiting", "paused"],
} as const satisfies Readonly<Record<string, readonly OperationState[] | null>>;

const PAGE = 100;

/**
 * The operation a person means: by its id, or `latest`, which is the newest of those that the command is about. Fails with
 * `input/not-found`.
 */
export async function findOperationNamed(
  membership: Pick<Membership, "list" | "get">,
  name: string,
  about: keyof typeof LATEST = "any",
): Promise<Result<OperationDetail, Failure>> {
  const id = name === "latest" ? await findLatest(membership, LATEST[about]) : name;
  const operationId = OperationId.safeParse(id);
  return operationId.success
    ? membership.get({ operationId: operationId.data })
    : err(failure("input/not-found", { operationId: name }));
}

async function findLatest(
  { list }: Pick<Membership, "list">,
  states: readonly OperationState[] | null,
): Promise<OperationId | null> {
  for (let cursor: string | null = null; ;) {
    const page = await list({ cursor, limit: states === null ? 1 : PAGE });
    const found = page.items.find(({ state }) => states === null || states.includes(state));
    cursor = page.nextCursor;
    if (found !== undefined || cursor === null) return found?.id ?? null;
  }
}
