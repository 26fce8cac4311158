import type { SandboxTelegram } from "#main/platforms/sandbox/index.ts";
import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import { type ConnectionRow, findConnection } from "#main/store/queries/connections.ts";
import type { SignInId, TelegramQrStep, TelegramSignInInput } from "#shared/contract/connections.ts";
import type { Connection, TelegramSignInStep } from "#shared/domain/connection.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { changeState } from "../change-state.ts";
import type { ConnectionsDeps } from "../connections-deps.ts";
import { keychainOf } from "../keychain-of.ts";
import { endable } from "../sign-in/endable.ts";
import { decideState } from "../state-policy.ts";
import { accountName, telegramApiUrl, telegramConnectionId } from "./account-policy.ts";
import { admitAccount } from "./admit-account.ts";
import { checkServer } from "./check-server.ts";
import { signInToSandbox } from "./sandbox-account.ts";
import { createSignIns, type SignInToBegin } from "./sign-ins.ts";
import { appOf } from "./telegram-secret.ts";
import { createTelegramSessions, readTelegramSecret } from "./telegram-sessions.ts";
import { withinPatience } from "./within-patience.ts";

/** Signing in to Telegram, step by step, as in the contract. Ends half an hour after it was last touched. */
export interface TelegramSignInDoor {
  /**
   * The keychain is tried first: nobody should type a code for a session that cannot be kept. `app: "known"` takes
   * application and server from a connection; `keychain/secret-missing` when its secret is gone.
   * `network/unreachable` with the reason `address-refused` for a server or key that is none.
   */
  begin(
    input: TelegramSignInInput,
  ): Promise<Result<{ signInId: SignInId; step: TelegramSignInStep }, Failure>>;
  sendCode(input: { signInId: SignInId; phone: string }): Promise<Result<TelegramSignInStep, Failure>>;
  resendCode(input: { signInId: SignInId }): Promise<Result<TelegramSignInStep, Failure>>;
  submitCode(input: { signInId: SignInId; code: string }): Promise<Result<TelegramSignInStep, Failure>>;
  submitPassword(input: {
    signInId: SignInId;
    password: string;
  }): Promise<Result<TelegramSignInStep, Failure>>;
  /** Ends after `password`, `done` or `failed`, or when `signal` aborts. */
  watchQr(input: { signInId: SignInId }, signal: AbortSignal): AsyncIterable<TelegramQrStep>;
  /** An account that had signed in but could not be kept is signed out again. */
  cancel(input: { signInId: SignInId }): Promise<void>;
}

/** The Telegram half of the connections feature. */
export interface TelegramAccounts {
  readonly signIn: TelegramSignInDoor;
  openSession(row: ConnectionRow): Promise<Result<TelegramSession, Failure>>;
  closeSession(id: ConnectionId): Promise<void>;
  /**
   * Asks Telegram whether the account is still signed in. A wait that Telegram asks for says nothing about that:
   * `telegram/flood-wait`, and the connection stays as it is.
   */
  check(row: ConnectionRow): Promise<Result<ConnectionRow | null, Failure>>;
  /** Ends the session at Telegram. */
  signOut(row: ConnectionRow): Promise<Result<void, Failure>>;
  /** Signs the sandbox's account in; nothing is stored before `admit`, which takes it in. */
  signInToSandbox(
    account: SandboxTelegram,
    limits: "on" | "off",
  ): Promise<Result<{ admit(): Promise<Result<Connection, Failure>> }, Failure>>;
  stop(): Promise<void>;
}

export function createTelegramAccounts(deps: ConnectionsDeps): TelegramAccounts {
  const { store, clock } = deps;
  const sessions = createTelegramSessions(deps);
  const signIns = createSignIns(deps, sessions);

  async function accessFor(input: TelegramSignInInput): Promise<Result<SignInToBegin, Failure>> {
    if (input.app === "given") {
      const app = { apiId: input.apiId, apiHash: input.apiHash };
      if (!input.server) return ok({ app, server: null, isSandbox: false });
      const server = checkServer(input.server);
      return server.ok ? ok({ app, server: server.value, isSandbox: false }) : server;
    }
    const row = await findConnection(store.read, input.connectionId);
    if (row?.platform !== "telegram") return err(failure("input/not-found"));
    const secret = await readTelegramSecret(deps, row);
    if (!secret.ok) return secret;
    return ok({ app: appOf(secret.value), server: row.telegramServer, isSandbox: row.isSandbox });
  }

  async function* qrSteps(
    signInId: SignInId,
    signal: AbortSignal,
  ): AsyncGenerator<TelegramQrStep, void, void> {
    for await (const step of signIns.watchQr(signInId, signal)) {
      yield step.ok ? step.value : { step: "failed", failure: step.error };
    }
  }

  const signIn: TelegramSignInDoor = {
    async begin(input) {
      const access = await accessFor(input);
      if (!access.ok) return access;
      const keychain = await keychainOf(deps, access.value).probe();
      if (!keychain.ok) return keychain;
      const begun = await signIns.begin(access.value);
      return begun.ok ? ok({ signInId: begun.value, step: { step: "phone" } }) : begun;
    },
    sendCode: ({ signInId, phone }) => signIns.proceed(signInId, (flow) => flow.sendCode(phone), phone),
    resendCode: ({ signInId }) => signIns.proceed(signInId, (flow) => flow.resendCode()),
    submitCode: ({ signInId, code }) => signIns.proceed(signInId, (flow) => flow.submitCode(code)),
    submitPassword: ({ signInId, password }) =>
      signIns.proceed(signInId, (flow) => flow.submitPassword(password)),
    watchQr: ({ signInId }, signal) => endable(signal, (ending) => qrSteps(signInId, ending)),
    cancel: ({ signInId }) => signIns.cancel(signInId),
  };

  async function check(row: ConnectionRow): Promise<Result<ConnectionRow | null, Failure>> {
    const opened = await sessions.open(row);
    const answer = opened.ok
      ? await withinPatience(opened.value, clock, (signal) => opened.value.fetchSelf({ signal }))
      : opened;
    if (!answer.ok && answer.error.code === "telegram/flood-wait") return answer;
    const problem = answer.ok
      ? telegramConnectionId(answer.value.userId) === row.id
        ? null
        : failure("telegram/session-revoked", {}, "It belongs to another account now.")
      : answer.error;
    const state = problem ? decideState(problem) : "ready";
    if (state === "signed-out") await sessions.close(row.id);
    const self = answer.ok && !problem ? answer.value : null;
    return ok(
      await changeState(deps, row.id, {
        state,
        failure: problem,
        seen: self && { label: self.displayName, userName: accountName(self, row.maskedPhone) },
        wasChecked: true,
      }),
    );
  }

  return {
    signIn,
    openSession: (row) => sessions.open(row),
    closeSession: (id) => sessions.close(id),
    check,

    async signOut(row) {
      const opened = await sessions.open(row);
      if (!opened.ok) return opened;
      return withinPatience(opened.value, clock, (signal) => opened.value.signOut({ signal }));
    },

    async signInToSandbox(account, limits) {
      sessions.noteSandbox(telegramApiUrl(account.server), limits);
      const signedIn = await signInToSandbox(deps, account);
      if (!signedIn.ok) return signedIn;
      return ok({
        admit: () => admitAccount(deps, sessions, { ...signedIn.value, isSandbox: true }),
      });
    },

    async stop() {
      await signIns.stop();
      await sessions.stop();
    },
  };
}
