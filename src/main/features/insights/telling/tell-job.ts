import type { z } from "zod";
import type { JobEnd, JobKind, JobRun } from "#main/jobs/index.ts";
import { findTelling, findToldContent, moveTelling } from "#main/store/queries/tellings.ts";
import type { Writer } from "#main/store/store.ts";
import { Digest, FailureNews } from "#shared/domain/digest.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { OperationNews } from "#shared/domain/operation-news.ts";
import { Telling, type TellingKind, type TellingState } from "#shared/domain/telling.ts";
import type { InsightsDeps } from "../insights-deps.ts";
import { mayPass, needsSignIn, notBeforeMsOf } from "../policy/delivery.ts";
import { composeDigest, composeFailure, type Message } from "../policy/message-text.ts";
import { composeOperation } from "../policy/operation-text.ts";
import { deliver } from "./deliver.ts";

export const TellPayload = Telling.pick({ runId: true, kind: true, channel: true });
export type TellPayload = z.infer<typeof TellPayload>;

/** At a growing delay of up to a quarter of an hour, about a day without network. */
const MAX_ATTEMPTS = 100;

/**
 * One message on one channel. Its intent is written before it is sent and its outcome after; a job that finds an intent
 * without an outcome was cut off while sending, and does not send again. A refusal that may pass is tried again, a
 * sign-out waits for the operator, everything else is for good and shown.
 */
export function createTellJob(deps: InsightsDeps): JobKind<TellPayload> {
  const { store, clock } = deps;

  async function move(
    job: JobRun<TellPayload>,
    from: readonly TellingState[],
    state: TellingState,
    why: Failure | null = null,
  ): Promise<boolean> {
    let isMoved = false;
    await job.save(async (writer) => {
      const change = { state, failure: why, atMs: clock.nowMs() };
      isMoved = await moveTelling(writer, job.payload, from, change);
      if (isMoved) await record(writer, job.payload, state, why);
    });
    deps.announce("telling");
    return isMoved;
  }

  /** What left this computer, or may have, is on the record; a try that did not is not. */
  async function record(
    writer: Writer,
    { runId, kind, channel }: TellPayload,
    state: TellingState,
    why: Failure | null,
  ): Promise<void> {
    if (state === "waiting" || state === "sending") return;
    await deps.activity.record(writer, {
      actor: "job-runner",
      action: "telling.sent",
      target: runId,
      why: why?.message ?? null,
      outcome: state === "sent" ? "done" : "failed",
      details: { channel, kind, state },
    });
  }

  return {
    kind: "insights.tell",
    payload: TellPayload,
    maxAttempts: MAX_ATTEMPTS,
    atOnce: 4,

    async run(job): Promise<JobEnd> {
      const { runId, kind, channel } = job.payload;
      const telling = await findTelling(store.read, job.payload);
      const message = readMessage(kind, await findToldContent(store.read, runId, kind));
      if (telling === null || message === null) return { end: "done" };
      // Left for a process with a screen, which queues it again (`queueNotifications`).
      if (channel === "system" && deps.notify === null) return { end: "done" };
      if (telling.state === "sending") {
        await move(job, ["sending"], "unknown");
        return { end: "done" };
      }
      if (!(await move(job, ["waiting"], "sending"))) return { end: "done" };
      const delivery = await deliver(deps, message, { channel, runId }, job.signal);
      if (delivery.ok) {
        await move(job, ["sending"], "sent");
        return { end: "done" };
      }
      const { failure, mayHaveArrived, connectionId } = delivery.error;
      if (mayHaveArrived) {
        await move(job, ["sending"], "unknown", failure);
        return { end: "done" };
      }
      const isSignIn = connectionId !== null && needsSignIn(failure);
      if (!isSignIn && !mayPass(failure)) {
        await move(job, ["sending"], "failed", failure);
        return { end: "done" };
      }
      await move(job, ["sending"], "waiting", failure);
      if (isSignIn) return { end: "paused", failure, pausedOn: connectionId };
      const notBeforeMs = notBeforeMsOf(failure);
      return { end: "failed", failure, ...(notBeforeMs === null ? {} : { notBeforeMs }) };
    },

    async onEnd(end, { payload }, writer) {
      if (end.end !== "failed" && end.end !== "cancelled") return;
      const change = { failure: end.end === "failed" ? end.failure : null, atMs: clock.nowMs() };
      await moveTelling(writer, payload, ["waiting"], { ...change, state: "failed" });
      await moveTelling(writer, payload, ["sending"], { ...change, state: "unknown" });
      store.afterCommit(() => deps.announce("telling"));
    },
  };
}

/** Null for what an earlier version wrote in another form. */
function readMessage(kind: TellingKind, content: unknown): Message | null {
  if (kind === "gaps") {
    const digest = Digest.safeParse(content);
    return digest.success ? composeDigest(digest.data) : null;
  }
  if (kind === "failure") {
    const news = FailureNews.safeParse(content);
    return news.success ? composeFailure(news.data) : null;
  }
  const news = OperationNews.safeParse(content);
  return news.success ? composeOperation(news.data) : null;
}
