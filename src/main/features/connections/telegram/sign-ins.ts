import { randomUUID } from "node:crypto";
import type {
  TelegramSelf,
  TelegramSignIn,
  TelegramSignInStep as PlatformStep,
} from "#main/platforms/telegram/telegram-session.ts";
import { SignInId } from "#shared/contract/connections.ts";
import type { TelegramSignInStep } from "#shared/domain/connection.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import type { ConnectionsDeps } from "../connections-deps.ts";
import { admitAccount } from "./admit-account.ts";
import { endSession } from "./end-session.ts";
import type { TelegramAccess } from "./telegram-platform.ts";
import type { TelegramSessions } from "./telegram-sessions.ts";

/** A sign-in that nobody touches for so long is ended: its window may be gone. */
const IDLE_MS = 30 * MINUTE_MS;

export interface SignInToBegin extends TelegramAccess {
  readonly isSandbox: boolean;
}

/** One sign-in under way. */
interface SignIn extends SignInToBegin {
  readonly id: SignInId;
  readonly flow: TelegramSignIn;
  readonly ending: AbortController;
  phone: string | null;
  /** Telegram has signed the account in, but it is not taken in yet (a locked keychain, a full disk). */
  signedIn: { readonly self: TelegramSelf; readonly session: string } | null;
  /** One question at a time. */
  turn: Promise<unknown>;
  /** Stops the idle timer. */
  stayAwake: AbortController;
}

/** The sign-ins under way. */
export interface SignIns {
  begin(options: SignInToBegin): Promise<Result<SignInId, Failure>>;
  /**
   * Asks Telegram for the next step; takes the account in once it is signed in. After a failure the same step can be
   * tried again: an account that could only not be kept is not asked for its code again. `input/not-found` when the
   * sign-in has ended.
   */
  proceed(
    id: SignInId,
    ask: (flow: TelegramSignIn) => Promise<Result<PlatformStep, Failure>>,
    phone?: string,
  ): Promise<Result<TelegramSignInStep, Failure>>;
  /** The same for the steps of a QR code; ends after `password`, `done` or a failure, or when `signal` aborts. */
  watchQr(id: SignInId, signal: AbortSignal): AsyncGenerator<Result<TelegramSignInStep, Failure>, void, void>;
  cancel(id: SignInId): Promise<void>;
  stop(): Promise<void>;
}

export function createSignIns(deps: ConnectionsDeps, sessions: TelegramSessions): SignIns {
  const { clock, log } = deps;
  const underWay = new Map<SignInId, SignIn>();

  function touch(signIn: SignIn): void {
    signIn.stayAwake.abort();
    signIn.stayAwake = new AbortController();
    void clock.sleep(IDLE_MS, signIn.stayAwake.signal).then(
      () => cancel(signIn.id),
      () => undefined,
    );
  }

  /** Takes in what Telegram has signed in; the sign-in is over then. */
  async function admit(
    signIn: SignIn,
    signedIn: NonNullable<SignIn["signedIn"]>,
  ): Promise<Result<TelegramSignInStep, Failure>> {
    const { app, server, isSandbox, phone, flow } = signIn;
    const admitted = await admitAccount(deps, sessions, { app, server, isSandbox, phone, ...signedIn });
    if (!admitted.ok) return admitted;
    // A cancel that comes this late finds nothing to sign out.
    signIn.signedIn = null;
    forget(signIn);
    await flow.cancel();
    return ok({ step: "done", connection: admitted.value });
  }

  async function settle(
    signIn: SignIn,
    answer: Result<PlatformStep, Failure>,
  ): Promise<Result<TelegramSignInStep, Failure>> {
    if (answer.ok && answer.value.step === "done") {
      signIn.signedIn = { self: answer.value.self, session: signIn.flow.secret() };
    }
    if (signIn.ending.signal.aborted) {
      await discard(signIn);
      return err(ended());
    }
    if (signIn.signedIn) return admit(signIn, signIn.signedIn);
    return answer as Result<Exclude<PlatformStep, { step: "done" }>, Failure>;
  }

  function forget(signIn: SignIn): void {
    signIn.stayAwake.abort();
    underWay.delete(signIn.id);
  }

  /** Ends at Telegram what was signed in and then not wanted. */
  async function discard(signIn: SignIn): Promise<void> {
    const { app, server, signedIn } = signIn;
    signIn.signedIn = null;
    if (signedIn) await endSession(deps, { app, server, secret: signedIn.session });
  }

  async function cancel(id: SignInId): Promise<void> {
    const signIn = underWay.get(id);
    if (!signIn) return;
    forget(signIn);
    signIn.ending.abort();
    await signIn.flow.cancel();
    await signIn.turn.catch(() => undefined);
    await discard(signIn);
  }

  return {
    async begin(options) {
      const begun = await deps.telegram.beginSignIn({ app: options.app, server: options.server });
      if (!begun.ok) return begun;
      const signIn: SignIn = {
        ...options,
        id: SignInId.parse(randomUUID()),
        flow: begun.value,
        ending: new AbortController(),
        phone: null,
        signedIn: null,
        turn: Promise.resolve(),
        stayAwake: new AbortController(),
      };
      underWay.set(signIn.id, signIn);
      touch(signIn);
      return ok(signIn.id);
    },

    proceed(id, ask, phone) {
      const signIn = underWay.get(id);
      if (!signIn) return Promise.resolve(err(ended()));
      touch(signIn);
      const answering = signIn.turn.then(async () => {
        if (signIn.ending.signal.aborted || !underWay.has(id)) return err(ended());
        if (signIn.signedIn) return admit(signIn, signIn.signedIn);
        if (phone !== undefined) signIn.phone = phone;
        return settle(signIn, await ask(signIn.flow));
      });
      signIn.turn = answering.catch(() => undefined);
      return answering;
    },

    async *watchQr(id, signal) {
      const signIn = underWay.get(id);
      if (!signIn) {
        yield err(ended());
        return;
      }
      if (signIn.signedIn) {
        yield await admit(signIn, signIn.signedIn);
        return;
      }
      // Who scans the code is who signs in, whatever number was typed before.
      signIn.phone = null;
      const stop = AbortSignal.any([signal, signIn.ending.signal]);
      try {
        for await (const answer of signIn.flow.watchQr(stop)) {
          touch(signIn);
          const settling = settle(signIn, answer);
          // A cancel meanwhile waits, as it does for the other steps, and then knows whether the account was taken in.
          signIn.turn = settling.catch(() => undefined);
          const step = await settling;
          yield step;
          if (!step.ok || step.value.step !== "qr") return;
        }
      } catch (error) {
        if (!stop.aborted) throw error;
      }
    },

    cancel,
    async stop() {
      const left = [...underWay.keys()];
      if (left.length > 0) log.info("sign-ins-cancelled", { count: left.length });
      await Promise.all(left.map(cancel));
    },
  };
}

function ended(): Failure {
  const gone = failure("input/not-found", {}, "This sign-in has ended.");
  return { ...gone, todo: "Start the sign-in again." };
}
