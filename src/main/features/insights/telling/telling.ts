import type { JobKind } from "#main/jobs/index.ts";
import { findTelling, listTellings, moveTelling } from "#main/store/queries/tellings.ts";
import type { TellingView } from "#shared/contract/insights.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { Telling, TellingChannel, TellingKind, TellingSettings } from "#shared/domain/telling.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import type { InsightsDeps } from "../insights-deps.ts";
import { enabledChannels, missingOf } from "../policy/delivery.ts";
import { composeTest } from "../policy/message-text.ts";
import { deliver, incomplete } from "./deliver.ts";
import type { TellPayload } from "./tell-job.ts";
import { MAIL_PASSWORD, readTelling, writeTelling } from "./telling-settings.ts";

/** Who is told of runs, and what became of the messages. */
export interface TellingDoor {
  getTelling(): Promise<TellingView>;
  /**
   * `input/telling-incomplete` (facts `channel`, `missing`) for a channel that is on and cannot work; `keychain/*` when
   * the password could not be kept, and then nothing is.
   */
  saveTelling(input: {
    settings: TellingSettings;
    mailPassword?: string | undefined;
  }): Promise<Result<TellingView, Failure>>;
  /** Sends a test as the saved settings say; also over a channel that is off. */
  testTelling(input: { channel: TellingChannel }): Promise<Result<void, Failure>>;
  /** `input/not-found` unless the message failed, or nobody knows what became of it. */
  retryTelling(input: {
    runId: Telling["runId"];
    kind: TellingKind;
    channel: TellingChannel;
  }): Promise<Result<void, Failure>>;
}

const SHOWN = 30;

/** Somebody waits for the answer of a test. */
const TEST_PATIENCE_MS = MINUTE_MS;

export function createTelling(deps: InsightsDeps, kind: JobKind<TellPayload>): TellingDoor {
  const { store, clock, jobs, activity } = deps;

  async function getTelling(): Promise<TellingView> {
    return { ...(await readTelling(store.read)), recent: await listTellings(store.read, SHOWN) };
  }

  async function keepPassword(password: string): Promise<Result<void, Failure>> {
    return password === ""
      ? deps.keychain.removeSecret(MAIL_PASSWORD)
      : deps.keychain.setSecret(MAIL_PASSWORD, password);
  }

  return {
    getTelling,

    async saveTelling({ settings, mailPassword }) {
      const before = await readTelling(store.read);
      const hasMailPassword = mailPassword === undefined ? before.hasMailPassword : mailPassword !== "";
      for (const channel of enabledChannels(settings)) {
        const missing = missingOf(settings, channel, { hasMailPassword });
        if (missing.length > 0) return err(incomplete(channel, missing));
      }
      if (mailPassword !== undefined) {
        const kept = await keepPassword(mailPassword);
        if (!kept.ok) return kept;
      }
      await store.write(async (writer) => {
        await writeTelling(writer, { settings, hasMailPassword });
        await activity.record(writer, {
          action: "telling.changed",
          outcome: "done",
          details: {
            channels: enabledChannels(settings),
            operations: settings.operations,
            slack: settings.slack.target,
            telegram: settings.telegram.target,
            mail: { host: settings.mail.host, to: settings.mail.to },
          },
        });
        store.afterCommit(() => deps.announce("telling"));
      });
      return ok(await getTelling());
    },

    async testTelling({ channel }) {
      const giveUp = new AbortController();
      const delivery = deliver(deps, composeTest(), { channel, runId: null }, giveUp.signal);
      const patience = clock.sleep(TEST_PATIENCE_MS, giveUp.signal).then(
        () => err({ failure: failure("network/timed-out", { channel }) }),
        () => ok(undefined),
      );
      // Whoever lost may still reject with the end of its wait.
      delivery.catch(() => undefined);
      const end = await Promise.race([delivery, patience]);
      giveUp.abort();
      await store.write((writer) =>
        activity.record(writer, {
          action: "telling.tested",
          target: channel,
          why: end.ok ? null : end.error.failure.message,
          outcome: end.ok ? "done" : "failed",
        }),
      );
      return end.ok ? end : err(end.error.failure);
    },

    async retryTelling(key) {
      const telling = await findTelling(store.read, key);
      const isQueued =
        telling !== null &&
        (await store.write(async (writer) => {
          const change = { state: "waiting" as const, failure: null, atMs: clock.nowMs() };
          if (!(await moveTelling(writer, key, ["failed", "unknown"], change))) return false;
          await activity.record(writer, {
            action: "telling.retried",
            target: key.runId,
            outcome: "done",
            details: { channel: key.channel, kind: key.kind },
          });
          await jobs.enqueue(writer, { kind, title: `Message: ${telling.title}`, payload: key });
          store.afterCommit(() => deps.announce("telling"));
          return true;
        }));
      return isQueued ? ok(undefined) : err(failure("input/not-found", { ...key }));
    },
  };
}
