import { randomUUID } from "node:crypto";
import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import { insertNoticed, listNoticed, settleNoticed } from "#main/store/queries/noticed.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { NoticedId, type NoticedItem } from "#shared/domain/noticed.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";
import type { InsightsDeps } from "../insights-deps.ts";
import { decideSlackNews, decideTelegramNews, type Happening, type News, sameAsOf } from "../policy/news.ts";
import { readListing } from "../read-listing.ts";
import { createBaselines } from "./read-baseline.ts";

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
  const readBaseline = createBaselines(deps);
  const listening = new Map<ConnectionId, { session: TelegramSession; stop: () => void }>();
  const stopping = new AbortController();
  const { signal } = stopping;
  let loop: Promise<void> = Promise.resolve();
  let listenedAtMs = Number.NEGATIVE_INFINITY;
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
    const baseline = await readBaseline(connection.id);
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
    await keep(decideSlackNews(channels.value, facts), baseline.runId);
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
    const stop = session.value.watchChanges((happening) => {
      void inLine("telegram-change-not-noticed", () => hear(id, session.value, happening));
    });
    listening.set(id, { session: session.value, stop });
  }

  async function hear(connectionId: ConnectionId, session: TelegramSession, happening: Happening) {
    const baseline = await readBaseline(connectionId);
    if (baseline === null || signal.aborted) return;
    const isCustomerGroup = await coverage.compileNameJudgement();
    const { team } = await deps.team.get();
    const facts = { connectionId, baseline, isCustomerGroup, team };
    if (happening.change !== "missed") {
      await keep(decideTelegramNews(happening, facts), baseline.runId);
      return;
    }
    // What was missed shows in the listing, comings and goings apart.
    const groups = await readListing((call) => session.fetchGroups(call), signal);
    if (!groups.ok) return;
    const open = groups.value.filter(
      ({ kind, isClosed, migratedTo }) => kind !== "broadcast" && !isClosed && migratedTo === null,
    );
    for (const { groupId, kind, title } of open) {
      const found = { change: "group-new", groupId, isBasic: kind === "basic", title } as const;
      await keep(decideTelegramNews(found, facts), baseline.runId);
    }
  }

  async function isBeingAudited(connectionId: ConnectionId): Promise<boolean> {
    const run = await coverage.findUnfinishedRun({ connectionIds: [connectionId], orCancelled: false });
    return run !== null && run.state !== "paused";
  }

  async function keep(news: readonly News[], baselineId: string): Promise<void> {
    if (news.length === 0) return;
    await store.write(async (writer) => {
      let added = 0;
      for (const item of news) {
        const id = NoticedId.parse(randomUUID());
        const isNew = await insertNoticed(
          writer,
          { ...item, id, atMs: clock.nowMs() },
          sameAsOf(item, baselineId),
        );
        if (isNew) added += 1;
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
