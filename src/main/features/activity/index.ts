import {
  countActivity,
  findLastActivity,
  insertActivity,
  listActivity,
} from "#main/store/queries/activity.ts";
import { saveSetting } from "#main/store/queries/settings.ts";
import type { Store, Writer } from "#main/store/store.ts";
import type { ActivityEntry, ActivityOutcome, ActivityVerification } from "#shared/domain/activity.ts";
import type { ChangeTopic } from "#shared/contract/app.ts";
import type { Page, PageRequest } from "#shared/domain/page.ts";
import { assert } from "#shared/lib/assert.ts";
import type { Clock } from "#shared/lib/time.ts";
import { type ActivityFacts, ACTIVITY_HEAD, FIRST_PREVIOUS_HASH, hashActivity } from "./chain.ts";
import { verifyChain } from "./verify.ts";

/** What a feature says about one privileged action. */
export interface ActivityNote {
  readonly action: string;
  readonly target?: string | null;
  readonly why?: string | null;
  readonly outcome: ActivityOutcome;
  readonly details?: Record<string, unknown>;
  /** Who, when it was not the operator: `schedule`, `job-runner`. */
  readonly actor?: string;
}

/** The activity log: append-only, hash-chained. */
export interface Activity {
  /** Appends inside the caller's transaction, so that an action and its line are kept or lost together. */
  record(writer: Writer, note: ActivityNote): Promise<void>;
  /** Newest first; `search` looks in actor, action, target and why. `total` is known only without a search. */
  list(request: PageRequest & { search: string }): Promise<Page<ActivityEntry>>;
  /** Reads the whole chain, without holding up the thread. */
  verify(): Promise<ActivityVerification>;
}

export interface ActivityDependencies {
  readonly store: Store;
  readonly clock: Pick<Clock, "nowMs">;
  /** Who acts unless a note says otherwise: the operating-system user. */
  readonly actor: string;
  readonly announce: (topic: ChangeTopic) => void;
}

export function createActivity({ store, clock, actor, announce }: ActivityDependencies): Activity {
  return {
    async record(writer, note) {
      const last = await findLastActivity(writer);
      const facts: ActivityFacts = {
        seq: (last?.seq ?? 0) + 1,
        atMs: clock.nowMs(),
        actor: storable(note.actor ?? actor),
        action: storable(note.action),
        target: storable(note.target ?? null),
        why: storable(note.why ?? null),
        outcome: note.outcome,
        details: asStored(note.details ?? {}),
        previousHash: last?.hash ?? FIRST_PREVIOUS_HASH,
      };
      const hash = hashActivity(facts);
      await insertActivity(writer, { ...facts, hash });
      await saveSetting(writer, ACTIVITY_HEAD, { seq: facts.seq, hash });
      store.afterCommit(() => announce("activity"));
    },

    async list({ cursor, limit, search }) {
      const beforeSeq = cursor === null ? null : Number(cursor);
      assert(beforeSeq === null || Number.isSafeInteger(beforeSeq), "not a cursor of the activity log");
      const rows = await listActivity(store.read, { beforeSeq, search, limit: limit + 1 });
      const items = rows.slice(0, limit).map((row) => ({ ...row, details: readDetails(row.details) }));
      return {
        items,
        nextCursor: rows.length > limit ? String(items.at(-1)?.seq) : null,
        total: search === "" ? await countActivity(store.read) : null,
      };
    },

    verify: () => verifyChain(store.read),
  };
}

/** SQLite keeps text as UTF-8, which has no half characters: what would come back different is replaced now. */
function storable<Text extends string | null>(text: Text): Text {
  return (text === null ? null : text.toWellFormed()) as Text;
}

/** What JSON makes of the details, because that is what the hash must fit when they are read again. */
function asStored(details: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(details)) as Record<string, unknown>;
}

/** Details that somebody edited into no JSON at all are still shown. */
function readDetails(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { unreadable: text };
  }
}
