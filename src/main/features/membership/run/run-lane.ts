import type { OperationStepRow } from "#main/store/queries/operation-steps.ts";
import { countMoved, listBatches, listStages } from "#main/store/queries/operation-steps.ts";
import { updateOperation } from "#main/store/queries/operations.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { isOutOfReach, isSecretDead } from "#shared/domain/connection-failure.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { Wait } from "#shared/domain/job.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";
import type { EngineDeps } from "../membership-deps.ts";
import { decideOnReadFailure, isForTheOperatorAlone } from "../policy/run-failure.ts";
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

/** While others work, a connection that needs the operator is looked at this often. */
const LOOKED_AT_EVERY_MS = 5 * SECOND_MS;

/**
 * Does one connection's part of an operation, stage by stage, and reads it back. A platform that does not answer is
 * waited for, however long that takes; one that needs the operator is taken up again when they have acted, as long as
 * other connections are at work anyway. Null when all is done, otherwise what still needs the operator.
 */
export async function runLane(ground: RunGround, connectionId: ConnectionId): Promise<Stop | null> {
  ground.waits.enter(connectionId);
  try {
    for (let offline = 0; ; offline += 1) {
      const stopped = await passOnce(ground, connectionId);
      if (stopped === null) return null;
      await showOnConnection(ground, connectionId, stopped);
      if (decideOnReadFailure(stopped) !== "offline") {
        if (await hasOperatorActed(ground, connectionId, stopped)) continue;
        return { connectionId, failure: stopped };
      }
      const pauseMs = OFFLINE_PAUSES_MS[offline] ?? OFFLINE_PAUSES_MS.at(-1) ?? MINUTE_MS;
      const untilMs = ground.deps.clock.nowMs() + pauseMs;
      await sleepUntil(ground, { id: connectionId }, { untilMs, why: stopped.message });
    }
  } finally {
    ground.waits.leave(connectionId);
  }
}

/** False when all others have ended first, or can do nothing either. */
async function hasOperatorActed(
  { deps, job, operationId, waits }: RunGround,
  connectionId: ConnectionId,
  met: Failure,
): Promise<boolean> {
  // The others may be at work for days: what this one needs is told at once.
  await job.save((writer) => updateOperation(writer, operationId, { failure: met }));
  deps.announce("operations");
  if (isForTheOperatorAlone(met)) return false;
  const looked = () => lookOf(deps, connectionId);
  const before = await looked();
  waits.setStuck(connectionId, true);
  try {
    while (waits.areOthersAtWork(connectionId)) {
      await deps.clock.sleep(LOOKED_AT_EVERY_MS, job.signal);
      const now = await looked();
      if (now === before || now === null) continue;
      await job.save((writer) => updateOperation(writer, operationId, { failure: null }));
      return true;
    }
    return false;
  } finally {
    waits.setStuck(connectionId, false);
  }
}

/** What signing in changes about a connection; null while it cannot be used. */
async function lookOf({ connections }: EngineDeps, connectionId: ConnectionId): Promise<string | null> {
  const found = (await connections.listAuditable()).find(({ id }) => id === connectionId);
  if (!found || found.state === "signed-out") return null;
  return JSON.stringify([found.checkedAtMs, found.addedAtMs, found.scopes]);
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
  { deps, operationId }: RunGround,
  { id, platform, workspaceId }: Connection,
): Promise<Result<{ readonly actor: Actor; readonly watchWaits: WatchWaits }, Failure>> {
  if (platform === "slack") {
    const session = await deps.connections.openSession(id);
    if (!session.ok) return session;
    const where = { operationId, connectionId: id };
    const moved = {
      add: await countMoved(deps.store.read, { ...where, action: "add" }),
      remove: await countMoved(deps.store.read, { ...where, action: "remove" }),
    };
    return ok({
      actor: createSlackActor(session.value, workspaceId ?? "-", moved),
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
  if (isSecretDead(met)) await deps.connections.markSignedOut(connectionId, met);
  if (isOutOfReach(met)) await deps.connections.markUnreachable(connectionId, met);
  await deps.connections.markLacking(connectionId, met);
}
