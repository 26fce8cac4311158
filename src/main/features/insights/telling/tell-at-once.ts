import type { JobKind } from "#main/jobs/index.ts";
import { listTellings, listTellingsIn } from "#main/store/queries/tellings.ts";
import type { Telling } from "#shared/domain/telling.ts";
import type { InsightsDeps } from "../insights-deps.ts";
import { isUnderWay } from "../policy/delivery.ts";
import type { TellPayload } from "./tell-job.ts";

const LOOK_EVERY_MS = 100;

/** Messages looked through: those of the runs that ended while nobody told of them, over every channel. */
const LOOKED_THROUGH = 100;

/**
 * Waits until every message has left, was refused or was put off, at most until the signal aborts. Answers with those
 * about which something became known since `sinceMs`, oldest first. Notifications are none of them: they need a screen.
 */
export async function awaitMessages(
  { store, clock }: Pick<InsightsDeps, "store" | "clock">,
  sinceMs: number,
  signal: AbortSignal,
): Promise<Telling[]> {
  for (;;) {
    const newest = await listTellings(store.read, LOOKED_THROUGH);
    const messages = newest.filter(({ channel }) => channel !== "system");
    if (!messages.some(isUnderWay) || signal.aborted)
      return messages.filter(({ atMs }) => atMs >= sinceMs).toReversed();
    await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
  }
}

/** Queues the notifications that a process without a screen has left. */
export async function queueNotifications(
  { store, jobs }: Pick<InsightsDeps, "store" | "jobs">,
  kind: JobKind<TellPayload>,
): Promise<void> {
  await store.write(async (writer) => {
    for (const { runId, kind: about, channel, title } of await listTellingsIn(writer, "system", "waiting")) {
      const payload = { runId, kind: about, channel };
      await jobs.enqueue(writer, { kind, title: `Message: ${title}`, payload });
    }
  });
}
