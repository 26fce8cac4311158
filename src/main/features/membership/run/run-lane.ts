import type { OperationStepRow } from "#main/store/queries/operation-steps.ts";
import { listBatches, listStages } from "#main/store/queries/operation-steps.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { Wait } from "#shared/domain/job.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";
import { decideOnReadFailure, isOutOfReach, isSignedOut } from "../policy/run-failure.ts";
import type { Actor } from "./actor.ts";
import { type Lane, type RunGround, sleepUntil } from "./lane.ts";
import { runBatch } from "./run-batch.ts";
import { createSlackActor } from "./slack-actor.ts";
import { createTelegramActor } from "./telegram-actor.ts";
import { verifySteps } from "./verify-steps.ts";

/** A connection that could not do its part to the end, and why. */
export interface Stop {
  readonly connectionId: ConnectionId;
  readonly failure: Failure;
}

type WatchWaits = (listener: (wait: Wait | null) => void) => () => void;

/** Between two tries to reach a platform that does not answer. */
const OFFLINE_PAUSES_MS = [15 * SECOND_MS, 30 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];

/**
 * Does one connection's part of an operation, stage by stage, and reads it back. A platform that does not answer is
 * waited for, however long that takes. Null when all is done, otherwise what needs the operator.
 */
export async function runLane(ground: RunGround, connectionId: ConnectionId): Promise<Stop | null> {
  ground.waits.enter(connectionId);
  try {
    for (let offline = 0; ; offline += 1) {
      const stopped = await passOnce(ground, connectionId);
      if (stopped === null) return null;
      await showOnConnection(ground, connectionId, stopped);
      if (decideOnReadFailure(stopped) !== "offline") return { connectionId, failure: stopped };
      const pauseMs = OFFLINE_PAUSES_MS[offline] ?? OFFLINE_PAUSES_MS.at(-1) ?? MINUTE_MS;
      const untilMs = ground.deps.clock.nowMs() + pauseMs;
      await sleepUntil(ground, { id: connectionId }, { untilMs, why: stopped.message });
    }
  } finally {
    ground.waits.leave(connectionId);
  }
}

async function passOnce(ground: RunGround, connectionId: ConnectionId): Promise<Failure | null> {
  const { deps, job, operationId, waits } = ground;
  const connection = (await deps.connections.listAuditable()).find(({ id }) => id === connectionId);
  if (!connection) return failure("membership/no-connection", { connectionId });
  const opened = await openActor(ground, connection);
  if (!opened.ok) return opened.error;
  const lane: Lane = { ...ground, connection, actor: opened.value.actor };
  const stopWatching = opened.value.watchWaits((wait) => waits.set(connectionId, "platform", wait));
  try {
    const stages = (await listStages(deps.store.read, operationId)).filter(ofConnection(connectionId));
    for (const { stage } of stages) {
      const phase = `${connectionId} ${stage}`;
      await job.addItems(phase, await listBatches(deps.store.read, { operationId, connectionId, stage }));
      const end = await job.forEachItem(phase, { concurrency: lane.actor.batchesAtOnce }, (item) =>
        runBatch(lane, stage, item),
      );
      if (end.stopped) return end.stopped;
    }
    if (connection.state === "unreachable") await deps.connections.markReady(connectionId);
    return (await verifySteps(lane)).stopped;
  } finally {
    stopWatching();
  }
}

function ofConnection(connectionId: ConnectionId) {
  return (row: Pick<OperationStepRow, "connectionId">) => row.connectionId === connectionId;
}

async function openActor(
  { deps }: RunGround,
  { id, platform, workspaceId }: Connection,
): Promise<Result<{ readonly actor: Actor; readonly watchWaits: WatchWaits }, Failure>> {
  if (platform === "slack") {
    const session = await deps.connections.openSession(id);
    if (!session.ok) return session;
    return ok({
      actor: createSlackActor(session.value, workspaceId ?? "-"),
      watchWaits: session.value.watchWaits.bind(session.value),
    });
  }
  const session = await deps.connections.openTelegramSession(id);
  if (!session.ok) return session;
  return ok({
    actor: createTelegramActor(session.value),
    watchWaits: session.value.watchWaits.bind(session.value),
  });
}

async function showOnConnection(
  { deps }: RunGround,
  connectionId: ConnectionId,
  met: Failure,
): Promise<void> {
  if (isSignedOut(met)) await deps.connections.markSignedOut(connectionId, met);
  if (isOutOfReach(met)) await deps.connections.markUnreachable(connectionId, met);
}
