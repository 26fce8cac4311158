import {
  findConnection,
  updateConnectionState,
  type ConnectionRow,
} from "#main/store/queries/connections.ts";
import type { ConnectionState } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { ConnectionsDeps } from "./connections-deps.ts";
import { decideAuditRefusal } from "./scopes-policy.ts";

export interface SeenAccount {
  readonly label: string;
  readonly userName: string;
  /** Slack only. */
  readonly grantedScopes?: string[];
}

export interface NewState {
  readonly state: ConnectionState;
  readonly failure: Failure | null;
  /** What the platform said of the account just now; null when this is not the outcome of asking it. */
  readonly seen: SeenAccount | null;
  /** The platform was asked, whether or not it answered. */
  readonly wasChecked: boolean;
}

/**
 * Writes a connection's state, logs a sign-out or a return, announces the change and wakes what paused on a
 * connection that works again, or has scopes that it had not. Null when the connection is gone.
 */
export async function changeState(
  deps: ConnectionsDeps,
  id: ConnectionId,
  next: NewState,
): Promise<ConnectionRow | null> {
  const { store, clock, activity } = deps;
  const change = await store.write(async (writer) => {
    const before = await findConnection(writer, id);
    if (!before) return null;
    const row = await updateConnectionState(writer, id, {
      state: next.state,
      failure: next.failure,
      ...(next.wasChecked ? { checkedAtMs: clock.nowMs() } : {}),
      ...next.seen,
    });
    if (before.state !== "signed-out" && next.state === "signed-out") {
      await activity.record(writer, {
        action: "connection.signed-out",
        target: id,
        why: next.failure?.message ?? null,
        outcome: "done",
        details: { code: next.failure?.code ?? null },
        actor: "muster",
      });
    }
    if (before.state === "signed-out" && next.state === "ready") {
      await activity.record(writer, {
        action: "connection.renewed",
        target: id,
        why: "It works again.",
        outcome: "done",
        actor: "muster",
      });
    }
    store.afterCommit(() => deps.announce("connections"));
    return row && { before, row };
  });
  if (!change) return null;
  const { before, row } = change;
  if (isUsable(row) && (!isUsable(before) || hasGained(before, row))) await deps.wakePausedOn(id);
  return change.row;
}

function hasGained(before: ConnectionRow, row: ConnectionRow): boolean {
  return row.grantedScopes.some((scope) => !before.grantedScopes.includes(scope));
}

function isUsable(row: ConnectionRow): boolean {
  const lacksScope = row.platform === "slack" && decideAuditRefusal(row.grantedScopes) !== null;
  return row.state === "ready" && !lacksScope;
}
