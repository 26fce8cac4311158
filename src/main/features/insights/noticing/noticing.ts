import { randomUUID } from "node:crypto";
import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import { insertNoticed, listNoticed, listNoticedOf, settleNoticed } from "#main/store/queries/noticed.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { type ConnectionId, type GroupKey, groupKeyOf } from "#shared/domain/ids.ts";
import { NoticedId, type NoticedItem } from "#shared/domain/noticed.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";
import type { InsightsDeps } from "../insights-deps.ts";
import { decideSlackNews, isKnown, type News, sameAsOf } from "../policy/news.ts";
import { readListing } from "../read-listing.ts";
import { createHearing } from "./hear-telegram.ts";
import { createBaselines, type KnownBaseline } from "./read-baseline.ts";

/** What was seen between audits. */
export interface NoticingDoor {
  /** What no audit has read since, and nobody dismissed: the newest 200, newest first. */
  noticed(): Promise<NoticedItem[]>;
  /** `input/not-found` for what is not listed any more. */
  dismissNoticed(input: { id: NoticedId }): Promise<Result<void, Failure>>;
}

const SHOWN = 200;

/** One conversations.list call a thousand channels, of twenty that Slack grants a minute. */
const LOOK_EVERY_MS = 10 * MINUTE_MS;

const LISTEN_AT_MOST_EVERY_MS = 30 * SECOND_MS;

/**
 * While it is started: hears every ready Telegram account, and lists every ready Slack workspace from time to time.
 * Whatever is not known from the last audit and is about a customer group becomes an item, once. A platform that does
 * not answer is asked again at the next look; nothing is ever concluded from silence.
 */
export function createNoticing(deps: InsightsDeps) {
  const { store, clock, log, connections, coverage } = deps;
  const baselines = createBaselines(deps);
  const listening = new Map<ConnectionId, { session: TelegramSession; stop: () => void }>();
  const stopping = new AbortController();
  const { signal } = stopping;
  let loop: Promise<void> = Promise.resolve();
  let listenedAtMs = Number.NEGATIVE_INFINITY;
  let keptAtMs = 0;
  /** One after the other, so that two looks never tell the same thing at once. */
  let line: Promise<void> = Promise.resolve();

  function inLine(event: string, work: () => Promise<void>): Promise<void> {
    line = line.then(work).catch((error: unknown) => {
      if (!signal.aborted) log.error(event, { error });
    });
    return line;
  }

  async function lookAtAll(): Promise<void> {
    for (const connection of await listenToAll()) {
      if (signal.aborted) return;
      if (connection.platform === "slack") await lookAtSlack(connection);
    }
  }

  /** Answers every connection that is ready. */
  async function listenToAll(): Promise<readonly Connection[]> {
    listenedAtMs = clock.monotonicMs();
    const ready = (await connections.listAuditable()).filter(({ state }) => state === "ready");
    for (const [id, { stop }] of listening) {
      if (ready.some((connection) => connection.id === id)) continue;
      stop();
      listening.delete(id);
    }
    for (const connection of ready) {
      if (connection.platform === "telegram" && !signal.aborted) await listenTo(connection);
    }
    return ready;
  }

  async function lookAtSlack(connection: Connection): Promise<void> {
    const baseline = await baselines.read(connection.id);
    // An audit reads the same listing itself, and needs the calls.
    if (baseline === null || (await isBeingAudited(connection.id))) return;
    const session = await connections.openSession(connection.id);
    const channels = session.ok
      ? await readListing((call) => session.value.fetchChannels(call), signal)
      : session;
    if (!channels.ok) {
      log.info("not-looked", { connectionId: connection.id, code: channels.error.code });
      return;
    }
    const isCustomerGroup = await coverage.compileNameJudgement();
    const facts = {
      connectionId: connection.id,
      workspaceId: connection.workspaceId,
      baseline,
      isCustomerGroup,
    };
    const shared = new Set(channels.value.flatMap(({ id, isShared }) => (isShared ? [id] : [])));
    const workspaces = await listWorkspaces();
    const namesake = (id: string): readonly GroupKey[] =>
      shared.has(id) ? workspaces.map((workspaceId) => groupKeyOf("slack", workspaceId, id)) : [];
    const sameKeys = new Map(
      channels.value.map(({ id }) => [groupKeyOf("slack", connection.workspaceId, id), namesake(id)]),
    );
    await keep(decideSlackNews(channels.value, facts), baseline, sameKeys);
  }

  async function listWorkspaces(): Promise<readonly (string | null)[]> {
    const all = await connections.listAuditable();
    return [
      ...new Set(all.flatMap(({ platform, workspaceId }) => (platform === "slack" ? [workspaceId] : []))),
    ];
  }

  async function listenTo({ id }: Connection): Promise<void> {
    const session = await connections.openTelegramSession(id);
    if (!session.ok) {
      log.info("not-listening", { connectionId: id, code: session.error.code });
      return;
    }
    const existing = listening.get(id);
    if (existing?.session === session.value || signal.aborted) return;
    // Signed in again: the session before has ended.
    existing?.stop();
    const { hear } = createHearing(id, session.value, {
      ...deps,
      baselines,
      signal,
      keep,
      inLine: (work) => void inLine("telegram-change-not-noticed", work),
    });
    const stop = session.value.watchChanges(hear);
    listening.set(id, { session: session.value, stop });
    // What happened while nobody listened; it also tells up to where each channel was counted.
    hear({ change: "missed" });
  }

  async function isBeingAudited(connectionId: ConnectionId): Promise<boolean> {
    const run = await coverage.findUnfinishedRun({ connectionIds: [connectionId], orCancelled: false });
    return run !== null && run.state !== "paused";
  }

  /** Keeps what nobody has noticed since; `sameKeys` are the keys by which other connections know a group. */
  async function keep(
    news: readonly News[],
    { runId, sinceMs }: KnownBaseline,
    sameKeys: ReadonlyMap<GroupKey, readonly GroupKey[]> = new Map(),
  ): Promise<void> {
    if (news.length === 0) return;
    const keysOf = (item: News): readonly GroupKey[] => [
      item.groupKey,
      ...(sameKeys.get(item.groupKey) ?? []),
    ];
    await store.write(async (writer) => {
      const marks = await listNoticedOf(writer, [...new Set(news.flatMap(keysOf))]);
      const before = Map.groupBy(marks, ({ groupKey }) => groupKey);
      let added = 0;
      for (const item of news) {
        const groupKeys = keysOf(item);
        const known = groupKeys.flatMap((groupKey) => before.get(groupKey) ?? []);
        if (isKnown(item, groupKeys, known, sinceMs)) continue;
        const id = NoticedId.parse(randomUUID());
        // One after the other, so that they are listed in the order they happened.
        keptAtMs = Math.max(clock.nowMs(), keptAtMs + 1);
        const kept = { ...item, id, atMs: keptAtMs };
        before.set(item.groupKey, [...(before.get(item.groupKey) ?? []), { ...kept, isSettled: false }]);
        if (await insertNoticed(writer, kept, sameAsOf(item, runId))) added += 1;
      }
      if (added > 0) store.afterCommit(() => deps.announce("noticed"));
    });
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await inLine("noticing-failed", lookAtAll);
      await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  }

  const door: NoticingDoor = {
    noticed: () => listNoticed(store.read, SHOWN),
    async dismissNoticed({ id }) {
      const isSettled = await store.write((writer) => settleNoticed(writer, id));
      if (!isSettled) return err(failure("input/not-found", { id }));
      deps.announce("noticed");
      return ok(undefined);
    },
  };

  return {
    door,
    start(): void {
      loop = run();
    },
    /** Connections changed: accounts that are ready now are listened to, those that are not no longer. */
    connectionsChanged(): void {
      // Opening a session may itself change a connection, and must not lead to opening it again at once.
      if (signal.aborted || clock.monotonicMs() - listenedAtMs < LISTEN_AT_MOST_EVERY_MS) return;
      void inLine("noticing-failed", async () => void (await listenToAll()));
    },
    async stop(): Promise<void> {
      stopping.abort(new DOMException("Muster stops noticing", "AbortError"));
      for (const { stop } of listening.values()) stop();
      listening.clear();
      await loop;
      await line;
    },
  };
}
