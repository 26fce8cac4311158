import type { TelegramPlatform } from "#main/features/connections/telegram/telegram-platform.ts";
import type {
  TelegramApp,
  TelegramSelf,
  TelegramServer,
  TelegramSession,
  TelegramSignIn,
  TelegramSignInStep,
} from "#main/platforms/telegram/telegram-session.ts";
import { failure, type Failure, type FailureCode } from "#shared/domain/failure.ts";
import type { Wait } from "#shared/domain/job.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

export const app = { apiId: 4_242, apiHash: "0123456789abcdef-api-hash" };
export const code = "73519";
export const password = " correct horse ";
export const ana = {
  phone: "+44 20 7946 0000",
  userId: "5000000001",
  username: "ana",
  displayName: "Ana F.",
};
export const ben = { phone: "+49 30 901820", userId: "5000000002", username: null, displayName: "Ben" };

interface OpenedSession {
  readonly secret: string;
  readonly app: TelegramApp;
  readonly server: TelegramServer | null;
  readonly session: TelegramSession;
  isClosed: boolean;
}

/** A Telegram whose accounts all have the code and the password above, and that fails when told to. */
export interface ScriptedTelegram {
  readonly platform: TelegramPlatform;
  /** What was asked, in order. */
  readonly calls: string[];
  /** Every session that was opened, and every sign-in that was begun. */
  readonly opened: OpenedSession[];
  readonly begun: { readonly app: TelegramApp; readonly server: TelegramServer | null; cancelled: boolean }[];
  /** Secrets of sessions that are signed in. */
  readonly alive: Set<string>;
  /** The next call of this name fails. */
  failNext(call: string, failed: FailureCode | Failure): void;
  /** Calls of this name are not answered until the signal aborts; with a wait, sessions report it. */
  stall(call: string, wait?: Wait): void;
  /** A QR code is shown until somebody scans it. */
  scan(account: TelegramSelf): void;
  /** Whoever scans a code has a cloud password. */
  asksPasswordAfterScan: boolean;
}

export function createScriptedTelegram(): ScriptedTelegram {
  const calls: string[] = [];
  const opened: OpenedSession[] = [];
  const begun: ScriptedTelegram["begun"] = [];
  const alive = new Set<string>();
  const failing = new Map<string, Failure>();
  const stalled = new Map<string, Wait | null>();
  const scanned = Promise.withResolvers<TelegramSelf>();
  let serial = 0;

  async function answer<Value>(
    call: string,
    value: () => Result<Value, Failure>,
    signal?: AbortSignal,
  ): Promise<Result<Value, Failure>> {
    calls.push(call);
    if (stalled.has(call)) {
      const stop = signal ?? new AbortController().signal;
      await new Promise<void>((resolve) => stop.addEventListener("abort", () => resolve(), { once: true }));
      return err(failure("network/unreachable"));
    }
    const failed = failing.get(call);
    failing.delete(call);
    return failed ? err(failed) : value();
  }

  function begin(options: { app: TelegramApp; server: TelegramServer | null }): TelegramSignIn {
    const entry = { ...options, cancelled: false };
    begun.push(entry);
    const ending = new AbortController();
    let account: TelegramSelf = ana;
    let secret = "";
    const done = (): Result<TelegramSignInStep, Failure> => {
      secret = `session-${(serial += 1)}-${account.userId}`;
      alive.add(secret);
      const { userId, username, displayName } = account;
      return ok({ step: "done", self: { userId, username, displayName } });
    };
    const codeStep = (phone: string): Result<TelegramSignInStep, Failure> =>
      ok({ step: "code", phone, sentBy: "app", length: 5, resendAtMs: 60_000 });
    return {
      sendCode: (phone) =>
        answer(
          "sendCode",
          () => {
            account = phone === ben.phone ? ben : ana;
            return codeStep(phone);
          },
          ending.signal,
        ),
      resendCode: () => answer("resendCode", () => codeStep(ana.phone)),
      submitCode: (given) =>
        answer(
          "submitCode",
          () => {
            if (given !== code) return err(failure("telegram/code-invalid"));
            return account === ana ? ok({ step: "password", hint: "a horse" }) : done();
          },
          ending.signal,
        ),
      submitPassword: (given) =>
        answer("submitPassword", () =>
          given === password ? done() : err(failure("telegram/password-invalid")),
        ),
      async *watchQr(signal) {
        yield await answer("watchQr", () =>
          ok({ step: "qr", link: "tg://login?token=one", expiresAtMs: 30_000 }),
        );
        const stopped = new Promise<null>((resolve) =>
          signal.addEventListener("abort", () => resolve(null), { once: true }),
        );
        const scanner = await Promise.race([scanned.promise, stopped]);
        if (!scanner) return;
        account = scanner;
        yield scripted.asksPasswordAfterScan ? ok({ step: "password", hint: "a horse" }) : done();
      },
      secret() {
        if (entry.cancelled) throw new Error("it has let go of its connection");
        return secret;
      },
      cancel() {
        entry.cancelled = true;
        ending.abort();
        return Promise.resolve();
      },
    };
  }

  function open(options: {
    secret: string;
    app: TelegramApp;
    server: TelegramServer | null;
  }): TelegramSession {
    const { secret } = options;
    const revoked = <Value>(value: Value): Result<Value, Failure> =>
      alive.has(secret) ? ok(value) : err(failure("telegram/session-revoked"));
    const self = secret.endsWith(ben.userId) ? ben : ana;
    const notAsked = () => Promise.reject(new Error("nobody asks this here"));
    const session: TelegramSession = {
      fetchSelf: ({ signal }) => answer("fetchSelf", () => revoked(self), signal),
      signOut: ({ signal }) =>
        answer(
          "signOut",
          () => {
            const result = revoked(undefined);
            alive.delete(secret);
            return result;
          },
          signal,
        ),
      watchWaits(listener) {
        const waits = [...stalled.values()];
        listener(waits[0] ?? null);
        return () => undefined;
      },
      watchChanges: () => () => undefined,
      usage: () => ({ calls: 0, waitedMs: 0, callsByMethod: {} }),
      close() {
        entry.isClosed = true;
        return Promise.resolve();
      },
      fetchGroups: notAsked,
      fetchFolder: notAsked,
      fetchCommonGroups: notAsked,
      fetchGroupFacts: notAsked,
      fetchMembers: notAsked,
      fetchMembership: notAsked,
      fetchUsers: notAsked,
      findUserByUsername: notAsked,
      sendMessage: notAsked,
      addToGroup: notAsked,
      removeFromGroup: notAsked,
      liftRemovalBan: notAsked,
      renameGroup: notAsked,
      setHistoryVisible: notAsked,
      createGroup: notAsked,
      setAbout: notAsked,
      pinMessage: notAsked,
      createInviteLink: notAsked,
      fetchAdmins: notAsked,
      fetchGroup: notAsked,
    };
    const entry: OpenedSession = { ...options, session, isClosed: false };
    opened.push(entry);
    return session;
  }

  const scripted: ScriptedTelegram = {
    platform: {
      openSession: (options) => answer("openSession", () => ok(open(options))),
      beginSignIn: (options) => answer("beginSignIn", () => ok(begin(options))),
    },
    calls,
    opened,
    begun,
    alive,
    failNext: (call, failed) => void failing.set(call, typeof failed === "string" ? failure(failed) : failed),
    stall: (call, wait) => void stalled.set(call, wait ?? null),
    scan: scanned.resolve,
    asksPasswordAfterScan: false,
  };
  return scripted;
}
