/** Signed-in sources: adding, checking, signing out, removing, and the sessions that other features work through. */
import { SLACK_API_URL, type SlackSession } from "#main/platforms/slack/index.ts";
import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import {
  type ConnectionRow,
  findConnection,
  listConnections,
  removeConnection,
} from "#main/store/queries/connections.ts";
import type { OAuthStep, SlackOAuthInput, SlackTokenInput } from "#shared/contract/connections.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { isSecretDead } from "#shared/domain/connection-failure.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import type { z } from "zod";
import { authorizeUrlOf, decideAddress, decideApiUrl } from "./address-policy.ts";
import { admitToken } from "./admit-token.ts";
import { asConnection } from "./as-connection.ts";
import { changeState } from "./change-state.ts";
import type { ConnectionsDeps } from "./connections-deps.ts";
import { connectionIdOf, identify, withoutLongWait } from "./identify.ts";
import { keychainOf } from "./keychain-of.ts";
import { removeStaleSandboxes } from "./remove-stale-sandboxes.ts";
import { createSandboxHost, type OpenSandboxOptions } from "./sandbox-host.ts";
import { decideAuditRefusal, grantedAfter } from "./scopes-policy.ts";
import { createSessions } from "./sessions.ts";
import { endable } from "./sign-in/endable.ts";
import { signInSlack } from "./sign-in/sign-in-slack.ts";
import { decideState } from "./state-policy.ts";
import { createTelegramAccounts, type TelegramSignInDoor } from "./telegram/telegram-accounts.ts";
import { decideTokenRefusal } from "./token-policy.ts";

export type { ConnectionsDeps } from "./connections-deps.ts";
export { removeStaleSandboxes } from "./remove-stale-sandboxes.ts";
export type { OpenSandboxOptions } from "./sandbox-host.ts";
export type { TelegramSignInDoor } from "./telegram/telegram-accounts.ts";

/** Longer than a renewal and a keychain usually take, shorter than it takes to believe that Muster hangs. */
const RENEWAL_PATIENCE_MS = 5 * SECOND_MS;

export interface Connections {
  /** In the order they were added. */
  list(): Promise<Connection[]>;
  /**
   * Checks the token with Slack, keeps it in the keychain, and adds the connection or renews the one of the same
   * account. A token with scopes missing is added too; its `scopes` say which.
   *
   * `slack/token-kind` for anything but a user token, `network/unreachable` with the reason `address-refused` for an
   * address a token must not be sent to, `slack/rate-limited` when Slack asks to wait longer than half a minute.
   * Where the keychain refuses, nothing is stored.
   */
  addSlackToken(input: z.infer<typeof SlackTokenInput>): Promise<Result<Connection, Failure>>;
  /** Signs in through the browser; ends after `done` or `failed`, or when `signal` aborts. */
  signInSlack(input: z.infer<typeof SlackOAuthInput>, signal: AbortSignal): AsyncIterable<OAuthStep>;
  /** Signs a Telegram account in, step by step. */
  readonly telegramSignIn: TelegramSignInDoor;
  /**
   * Asks the platform whether the connection works, and stores the answer; a refusal is in the connection, not a
   * failure. `telegram/flood-wait` when Telegram asks to wait before it would answer: nothing is known then.
   */
  check(input: { connectionId: ConnectionId }): Promise<Result<Connection, Failure>>;
  /**
   * Forgets the connection and its secret. With `revoke` the token or session is ended at the platform first; when
   * that fails, or the keychain does, the connection stays. Removing the last of the sandbox's connections ends it.
   */
  remove(input: { connectionId: ConnectionId; revoke: boolean }): Promise<Result<void, Failure>>;
  slackManifest(): Promise<{ json: string }>;
  /** Starts the simulated world, takes in its sample team and connects to it; see SandboxHost. */
  openSandbox(options?: OpenSandboxOptions): Promise<Result<Connection, Failure>>;

  /** Every connection that an audit is about, signed out or not: what stops one is told by `openSession`. */
  listAuditable(): Promise<readonly Connection[]>;
  /**
   * A Slack connection's session, shared by all who use it, so that they share its limits.
   *
   * `input/not-found` (also for a connection of another platform); the failure that signed the connection out; `slack/missing-scope` with every needed scope it
   * lacks; `keychain/*` when the secret cannot be read.
   */
  openSession(connectionId: ConnectionId): Promise<Result<SlackSession, Failure>>;
  /**
   * A Telegram connection's session, shared by all who use it, so that they share its pace. It is this feature's to
   * close: when the connection is removed, signed out or signed in again, and when Muster stops.
   *
   * `input/not-found` (also for a connection of another platform); the failure that signed the connection out;
   * `keychain/*` when the secret cannot be read; what opening it met. A failure is not remembered.
   */
  openTelegramSession(connectionId: ConnectionId): Promise<Result<TelegramSession, Failure>>;
  /** Shows the connection as signed out, with the reason. Harmless on one that is gone. */
  markSignedOut(connectionId: ConnectionId, failure: Failure): Promise<void>;
  /**
   * Shows the connection as out of reach for now, with the reason. Harmless on one that is gone, or that was signed out
   * meanwhile: that it stays.
   */
  markUnreachable(connectionId: ConnectionId, failure: Failure): Promise<void>;
  /**
   * Shows which permissions the connection lacks, as Slack said when it refused a call for one (`slack/missing-scope`): the
   * last check may be older than what was taken away. Any other failure, and a connection that is gone or signed out, is
   * left alone.
   */
  markLacking(connectionId: ConnectionId, failure: Failure): Promise<void>;
  /** Shows the connection as working, and wakes what paused on it. */
  markReady(connectionId: ConnectionId): Promise<void>;
  /**
   * Called once before anything else, by the process that may write: removes sandbox connections of earlier
   * processes, whose sandboxes ended with them. Their runs stay.
   */
  start(): Promise<void>;
  /**
   * Cancels sign-ins and ends the sandbox. A token that is being renewed gets a few seconds to reach the keychain,
   * because its predecessor may be dead already.
   */
  stop(): Promise<void>;
}

export function createConnections(deps: ConnectionsDeps): Connections {
  const { store, clock, activity } = deps;
  const sessions = createSessions(deps);
  const telegram = createTelegramAccounts(deps);
  const sandbox = createSandboxHost(deps, sessions, telegram);
  const stopping = new AbortController();

  async function check({
    connectionId,
  }: {
    connectionId: ConnectionId;
  }): Promise<Result<Connection, Failure>> {
    const row = await findConnection(store.read, connectionId);
    if (!row) return err(failure("input/not-found"));
    const checked = row.platform === "slack" ? ok(await checkSlack(row)) : await telegram.check(row);
    if (!checked.ok) return checked;
    return checked.value ? ok(asConnection(checked.value)) : err(failure("input/not-found"));
  }

  async function checkSlack(row: ConnectionRow): Promise<ConnectionRow | null> {
    const identity = await identify(sessions.openAside(row), clock);
    const problem = identity.ok
      ? connectionIdOf(identity.value) === row.id
        ? null
        : failure("slack/token-invalid", {}, "It belongs to another account now.")
      : identity.error;
    const seen = identity.ok && !problem ? identity.value : null;
    return changeState(deps, row.id, {
      state: problem ? decideState(problem) : "ready",
      failure: problem,
      seen: seen && {
        label: seen.teamName,
        userName: seen.userName,
        grantedScopes: [...seen.scopes],
      },
      wasChecked: true,
    });
  }

  async function revokeAtPlatform(row: ConnectionRow): Promise<Result<void, Failure>> {
    if (row.platform === "telegram") return telegram.signOut(row);
    const session = sessions.openAside(row);
    return withoutLongWait(session, clock, (signal) => session.revoke({ signal }));
  }

  async function remove(input: {
    connectionId: ConnectionId;
    revoke: boolean;
  }): Promise<Result<void, Failure>> {
    const { connectionId, revoke } = input;
    const row = await findConnection(store.read, connectionId);
    if (!row) return err(failure("input/not-found"));
    if (revoke) {
      const revoked = await revokeAtPlatform(row);
      if (!revoked.ok && !isSecretDead(revoked.error)) return revoked;
    }
    const forgotten = await keychainOf(deps, row).removeSecret(connectionId);
    if (!forgotten.ok) return forgotten;
    await store.write(async (writer) => {
      await removeConnection(writer, connectionId);
      await activity.record(writer, {
        action: "connection.removed",
        target: connectionId,
        outcome: "done",
        details: { label: row.label, revoked: revoke },
      });
      store.afterCommit(() => deps.announce("connections"));
    });
    sessions.forget(connectionId);
    await telegram.closeSession(connectionId);
    await sandbox.endFor(connectionId);
    return ok(undefined);
  }

  async function openSession(connectionId: ConnectionId): Promise<Result<SlackSession, Failure>> {
    const row = await findConnection(store.read, connectionId);
    if (row?.platform !== "slack") return err(failure("input/not-found"));
    if (row.state === "signed-out") return err(row.failure ?? failure("slack/token-invalid"));
    const refusal = decideAuditRefusal(row.grantedScopes);
    if (refusal) return err(refusal);
    const { session, tokens } = sessions.get(row);
    const token = await tokens.getToken();
    return token.ok ? ok(session) : token;
  }

  async function openTelegramSession(connectionId: ConnectionId): Promise<Result<TelegramSession, Failure>> {
    const row = await findConnection(store.read, connectionId);
    if (row?.platform !== "telegram") return err(failure("input/not-found"));
    if (row.state === "signed-out") return err(row.failure ?? failure("telegram/session-revoked"));
    return telegram.openSession(row);
  }

  async function* signIn(
    input: z.infer<typeof SlackOAuthInput>,
    signal: AbortSignal,
  ): AsyncGenerator<OAuthStep, void, void> {
    const apiUrl = decideApiUrl(input.apiUrl ?? SLACK_API_URL);
    if (!apiUrl.ok) {
      yield { step: "failed", failure: apiUrl.error };
      return;
    }
    const authorizeUrl = decideAddress(input.authorizeUrl ?? authorizeUrlOf(apiUrl.value));
    if (!authorizeUrl.ok) {
      yield { step: "failed", failure: authorizeUrl.error };
      return;
    }
    const addresses = { apiUrl: apiUrl.value, authorizeUrl: authorizeUrl.value };
    yield* signInSlack(deps, sessions, { clientId: input.clientId, ...addresses }, signal);
  }

  return {
    list: async () => (await listConnections(store.read)).map(asConnection),

    async addSlackToken({ token, apiUrl: asked = SLACK_API_URL }) {
      const refusal = decideTokenRefusal(token);
      if (refusal) return err(refusal);
      const apiUrl = decideApiUrl(asked);
      if (!apiUrl.ok) return apiUrl;
      const secret = { accessToken: token, refreshToken: null, expiresAtMs: null, clientId: null };
      return admitToken(deps, sessions, { secret, apiUrl: apiUrl.value, isSandbox: false });
    },

    signInSlack: (input, signal) =>
      endable(AbortSignal.any([signal, stopping.signal]), (ending) => signIn(input, ending)),

    telegramSignIn: telegram.signIn,
    check,
    remove,
    slackManifest: () => Promise.resolve({ json: deps.manifestJson }),
    openSandbox: (options = {}) => sandbox.open(options),

    listAuditable: async () => (await listConnections(store.read)).map(asConnection),
    openSession,
    openTelegramSession,
    async markSignedOut(connectionId, why) {
      await changeState(deps, connectionId, {
        state: "signed-out",
        failure: why,
        seen: null,
        wasChecked: true,
      });
      // Whoever comes next gets a session on the secret of the next sign-in.
      await telegram.closeSession(connectionId);
    },
    async markUnreachable(connectionId, why) {
      const row = await findConnection(store.read, connectionId);
      if (!row || row.state === "signed-out") return;
      await changeState(deps, connectionId, {
        state: "unreachable",
        failure: why,
        seen: null,
        wasChecked: true,
      });
    },
    async markLacking(connectionId, why) {
      const row = await findConnection(store.read, connectionId);
      if (why.code !== "slack/missing-scope" || !row || row.state === "signed-out") return;
      const grantedScopes = grantedAfter(row.grantedScopes, why);
      // What is known already is not written again: whoever waits for the operator looks for a change.
      if (grantedScopes === null) return;
      const { state, failure: was, label, userName } = row;
      const seen = { label, userName, grantedScopes };
      await changeState(deps, connectionId, { state, failure: was, seen, wasChecked: true });
    },
    async markReady(connectionId) {
      await changeState(deps, connectionId, {
        state: "ready",
        failure: null,
        seen: null,
        wasChecked: true,
      });
    },
    start: () => removeStaleSandboxes(deps),
    async stop() {
      stopping.abort();
      await telegram.stop();
      await sandbox.end();
      const giveUp = new AbortController();
      const patience = clock.sleep(RENEWAL_PATIENCE_MS, giveUp.signal).catch(() => undefined);
      await Promise.race([sessions.settled(), patience]);
      giveUp.abort();
    },
  };
}
