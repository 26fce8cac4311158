import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import { insertMigration } from "#main/store/queries/coverage-evidence.ts";
import { settleNoticedNew } from "#main/store/queries/noticed.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { TelegramChange } from "#shared/domain/telegram-change.ts";
import type { InsightsDeps } from "../insights-deps.ts";
import { decideTelegramNews, migrationIn, type News } from "../policy/news.ts";
import { readListing } from "../read-listing.ts";
import type { createBaselines, KnownBaseline } from "./read-baseline.ts";

export interface HearingDeps extends Pick<InsightsDeps, "store" | "team" | "coverage" | "announce"> {
  readonly baselines: ReturnType<typeof createBaselines>;
  readonly signal: AbortSignal;
  /** Keeps what is new since the audit. */
  keep(news: readonly News[], baseline: KnownBaseline): Promise<void>;
  /** Runs after what runs already; what it rejects with is said and over. */
  inLine(work: () => Promise<void>): void;
}

/** Happenings that wait to be looked at; more than these say the same as having missed them. */
const MOST_WAITING = 5_000;

/** Looked at in one go, some ten milliseconds; in between, others have their turn. */
const AT_ONCE = 50;

/** The list of chats holds people, too; an account can be in 1,000 groups. */
const MAX_PAGES = 20;

/**
 * Hears one account. However fast it talks, what it says is looked at in lots, in order, by what the last audit knew; at most
 * 5,000 things wait, and instead of more the account's groups are listed once.
 */
export function createHearing(connectionId: ConnectionId, session: TelegramSession, deps: HearingDeps) {
  const { store, baselines, coverage, signal } = deps;
  let waiting: TelegramChange[] = [];
  let isInLine = false;

  function hear(happening: TelegramChange): void {
    // A listing says what was missed, however often something was.
    if (happening.change === "missed" && waiting.at(-1)?.change === "missed") return;
    if (waiting.length >= MOST_WAITING) waiting = [{ change: "missed" }];
    else waiting.push(happening);
    getInLine();
  }

  function getInLine(): void {
    if (isInLine || waiting.length === 0) return;
    isInLine = true;
    deps.inLine(async () => {
      // Neither the store nor the line lets anybody else have a turn in between.
      await new Promise((turn) => setImmediate(turn));
      isInLine = false;
      const lot = waiting.splice(0, AT_ONCE);
      try {
        await takeIn(lot);
      } finally {
        getInLine();
      }
    });
  }

  async function takeIn(lot: readonly TelegramChange[]): Promise<void> {
    const known = await baselines.read(connectionId);
    if (known === null || signal.aborted) return;
    const baseline = await followMigrations(lot, known);
    const isCustomerGroup = await coverage.compileNameJudgement();
    const { team } = await deps.team.get();
    const facts = { connectionId, baseline, isCustomerGroup, team };
    await deps.keep(
      lot.flatMap((happening) => decideTelegramNews(happening, facts)),
      baseline,
    );
    if (lot.some(({ change }) => change === "missed")) await lookAtListing();
  }

  /** What was missed shows in the listing, comings and goings apart. */
  async function lookAtListing(): Promise<void> {
    const groups = await readListing((call) => session.fetchGroups(call), signal, MAX_PAGES);
    if (!groups.ok) return;
    const found = groups.value.flatMap(({ groupId, kind, title, isClosed, migratedTo }): TelegramChange[] => {
      const group = { groupId, isBasic: kind === "basic", title };
      if (migratedTo !== null) return [{ ...group, change: "group-migrated", toGroupId: migratedTo }];
      return kind === "broadcast" || isClosed ? [] : [{ ...group, change: "group-new" }];
    });
    const known = await baselines.read(connectionId);
    if (known === null) return;
    const baseline = await followMigrations(found, known);
    const isCustomerGroup = await coverage.compileNameJudgement();
    const facts = { connectionId, baseline, isCustomerGroup, team: [] };
    await deps.keep(
      found.flatMap((happening) => decideTelegramNews(happening, facts)),
      baseline,
    );
  }

  /** Keeps that groups became others, so that their history and what was accepted for them go on. */
  async function followMigrations(
    lot: readonly TelegramChange[],
    known: KnownBaseline,
  ): Promise<KnownBaseline> {
    const fresh = lot
      .map(migrationIn)
      .filter((migration) => migration !== null)
      .filter(({ beforeKey, afterKey }) => known.migrations.get(afterKey) !== beforeKey);
    if (fresh.length === 0) return known;
    await store.write(async (writer) => {
      let settled = 0;
      for (const migration of fresh) {
        await insertMigration(writer, migration);
        // The new group may have been heard of before what it was.
        if (known.groups.has(migration.beforeKey)) {
          settled += await settleNoticedNew(writer, migration.afterKey);
        }
      }
      if (settled > 0) store.afterCommit(() => deps.announce("noticed"));
    });
    baselines.forget();
    return (await baselines.read(connectionId)) ?? known;
  }

  return { hear };
}
