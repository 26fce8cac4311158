import type { JobKind } from "#main/jobs/index.ts";
import { listRunConnections } from "#main/store/queries/coverage-runs.ts";
import { settleNoticedUntil } from "#main/store/queries/noticed.ts";
import {
  deleteToldGaps,
  findToldContent,
  insertTelling,
  insertToldGaps,
  insertToldRun,
  listToldGaps,
} from "#main/store/queries/tellings.ts";
import type { Writer } from "#main/store/store.ts";
import type { Run } from "#shared/domain/coverage.ts";
import type { Digest, FailureNews } from "#shared/domain/digest.ts";
import type { OperationNews } from "#shared/domain/operation-news.ts";
import type { Telling, TellingKind } from "#shared/domain/telling.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import type { InsightsDeps } from "../insights-deps.ts";
import { hasResults, isComparable } from "../policy/comparable-run.ts";
import { enabledChannels } from "../policy/delivery.ts";
import { decideDigest, decideForgotten, isWorthTelling } from "../policy/digest.ts";
import { composeDigest, composeFailure } from "../policy/message-text.ts";
import { composeOperation, kindOf } from "../policy/operation-text.ts";
import type { TellPayload } from "./tell-job.ts";
import { readTelling, readTellingSince, writeTellingSince } from "./telling-settings.ts";

/** What news can be about. */
export type NewsTopic = "runs" | "operations";

/** Runs looked through: those that ended while nobody looked. */
const LOOKED_THROUGH = 20;

/** Runs looked through for one to compare with. */
const COMPARED_WITH = 100;

/**
 * Finds ended runs, and operations that ended or need the operator, that nobody was told of. What a run has to tell is decided once, in the transaction that also writes
 * the messages and queues them: a kill leaves a run either undecided, for the next look, or whole.
 */
export function createNewsFinder(deps: InsightsDeps, tellKind: JobKind<TellPayload>) {
  const { store, clock, jobs, coverage } = deps;

  async function look(about: NewsTopic | "everything"): Promise<void> {
    const since = await readTellingSince(store.read);
    if (since === null) return;
    if (about !== "operations") await lookAtRuns(since);
    if (about !== "runs") await lookAtOperations(since);
  }

  async function lookAtRuns(since: EpochMs): Promise<void> {
    const { items } = await coverage.listRuns({ cursor: null, limit: LOOKED_THROUGH });
    // The oldest first, so that each is compared with what was told before it.
    for (const run of items.toReversed()) {
      if (run.state !== "paused" && (run.finishedAtMs ?? 0) < since) continue;
      if (hasResults(run)) await attendResults(run);
      const isStopped = run.state === "failed" || run.state === "paused";
      if (run.trigger === "schedule" && isStopped) await attendFailure(run);
    }
  }

  async function attendResults(run: Run): Promise<void> {
    if ((await findToldContent(store.read, run.id, "gaps")) !== undefined) return;
    const matrix = await coverage.matrix({ runId: run.id });
    if (matrix === null) return;
    const before = await findEarlier(run);
    const compared = before && (await coverage.compareRuns({ beforeRunId: before.id, afterRunId: run.id }));
    const comparison = compared?.ok ? compared.value : null;
    const told = await listToldGaps(store.read);
    const digest = decideDigest({ run, matrix, comparison, told });
    const parts = await listRunConnections(store.read, run.id);
    const read = parts.filter((part) => part.listingComplete).map(({ connectionId }) => connectionId);
    await store.write(async (writer) => {
      await deleteToldGaps(writer, decideForgotten(told, matrix));
      if ((await settleNoticedUntil(writer, read, run.startedAtMs)) > 0)
        store.afterCommit(() => deps.announce("noticed"));
      const content = isWorthTelling(digest) ? digest : null;
      const isTold = await tell(writer, run, "gaps", content, composeDigest(digest).title);
      if (isTold)
        await insertToldGaps(
          writer,
          run.id,
          digest.newGaps.map(({ groupKey, personId }) => ({ groupKey, personId })),
        );
    });
  }

  async function lookAtOperations(since: EpochMs): Promise<void> {
    for (const id of await deps.operations.listOperationEvents(since)) {
      const news = await deps.operations.findOperationNews(id);
      if (news === null) continue;
      const kind = kindOf(news);
      if ((await findToldContent(store.read, id, kind)) !== undefined) continue;
      await store.write(async (writer) => {
        const { operations } = (await readTelling(writer)).settings;
        await tell(writer, { id }, kind, operations ? news : null, composeOperation(news).title);
      });
    }
  }

  async function attendFailure(run: Run): Promise<void> {
    if ((await findToldContent(store.read, run.id, "failure")) !== undefined) return;
    const news: FailureNews = {
      runId: run.id,
      atMs: run.finishedAtMs ?? clock.nowMs(),
      state: run.state === "paused" ? "paused" : "failed",
      failure: run.failure,
    };
    await store.write(async (writer) => {
      await tell(writer, run, "failure", news, composeFailure(news).title);
    });
  }

  /** True when at least one channel is on. */
  async function tell(
    writer: Writer,
    { id: runId }: { readonly id: Telling["runId"] },
    kind: TellingKind,
    content: Digest | FailureNews | OperationNews | null,
    title: string,
  ): Promise<boolean> {
    const atMs = clock.nowMs();
    await insertToldRun(writer, { runId, kind, atMs, content });
    const channels = content === null ? [] : enabledChannels((await readTelling(writer)).settings);
    for (const channel of channels) {
      await insertTelling(writer, { runId, kind, channel, state: "waiting", title, atMs, failure: null });
      const payload = { runId, kind, channel };
      await jobs.enqueue(writer, { kind: tellKind, title: `Message: ${title}`, payload });
    }
    if (channels.length > 0) store.afterCommit(() => deps.announce("telling"));
    return channels.length > 0;
  }

  async function findEarlier(run: Run): Promise<Run | null> {
    const cursor = `${run.startedAtMs} ${run.id}`;
    const { items } = await coverage.listRuns({ cursor, limit: COMPARED_WITH });
    const own = await connectionsOf(run);
    for (const earlier of items) {
      if (isComparable(run, own, earlier, await connectionsOf(earlier))) return earlier;
    }
    return null;
  }

  async function connectionsOf(run: Run) {
    return (await listRunConnections(store.read, run.id)).map(({ connectionId }) => connectionId);
  }

  return {
    look,
    /** Runs that ended before Muster first told of any are nobody's news. */
    async start(nowMs: EpochMs): Promise<void> {
      if ((await readTellingSince(store.read)) !== null) return;
      await store.write((writer) => writeTellingSince(writer, nowMs));
    },
  };
}
