import type { SandboxOptions, SandboxProcess } from "#main/platforms/sandbox/index.ts";
import { findConnection } from "#main/store/queries/connections.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId, Platform } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { admitToken } from "./admit-token.ts";
import { asConnection } from "./as-connection.ts";
import type { ConnectionsDeps } from "./connections-deps.ts";
import { identify } from "./identify.ts";
import type { Sessions } from "./sessions.ts";
import type { TelegramAccounts } from "./telegram/telegram-accounts.ts";

/** Which world, and which of its platforms to sign in to; all it has unless given. Slack is always among them. */
export interface OpenSandboxOptions extends SandboxOptions {
  readonly platforms?: readonly Platform[];
}

interface RunningSandbox {
  readonly process: SandboxProcess;
  readonly slackId: ConnectionId;
  /** Null until its Telegram was asked for. */
  telegramId: ConnectionId | null;
  readonly options: SandboxOptions;
}

/** The one sandbox this application runs. */
export interface SandboxHost {
  /**
   * Starts a sandbox, takes in its sample team and connects to its platforms; answers with the Slack connection.
   * Asked again for the same world it answers with the connections it has; for another one it ends the first. All or
   * nothing: where one platform cannot be signed in to, no connection is added, and the sandbox that was started for
   * it ends.
   */
  open(options: OpenSandboxOptions): Promise<Result<Connection, Failure>>;
  /** A connection was removed: ends the sandbox once none of its connections is left. */
  endFor(connectionId: ConnectionId): Promise<void>;
  end(): Promise<void>;
}

export function createSandboxHost(
  deps: ConnectionsDeps,
  sessions: Sessions,
  telegram: TelegramAccounts,
): SandboxHost {
  let running: RunningSandbox | null = null;
  /** Two clicks start one sandbox. */
  let queue: Promise<unknown> = Promise.resolve();

  async function end(): Promise<void> {
    const ending = running;
    running = null;
    await ending?.process.stop();
  }

  /** The running sandbox with its Slack connection, if it is this world and answers. */
  async function findOpen(
    options: SandboxOptions,
  ): Promise<{ sandbox: RunningSandbox; slack: Connection } | null> {
    if (!running || !isSameWorld(running.options, options)) return null;
    const row = await findConnection(deps.store.read, running.slackId);
    if (!row?.isSandbox) return null;
    const answers = await identify(sessions.openAside(row), deps.clock);
    return answers.ok ? { sandbox: running, slack: asConnection(row) } : null;
  }

  async function open(options: OpenSandboxOptions): Promise<Result<Connection, Failure>> {
    const wantsTelegram = options.platforms?.includes("telegram") ?? true;
    const existing = await findOpen(options);
    if (existing) {
      const joined = wantsTelegram ? await joinTelegram(existing.sandbox) : ok(undefined);
      return joined.ok ? ok(existing.slack) : joined;
    }
    await end();
    const started = await deps.sandbox.start({
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.world === undefined ? {} : { world: options.world }),
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    });
    if (!started.ok) return started;
    const process = started.value;
    let kept = false;
    try {
      const connected = await connect(process, wantsTelegram);
      if (!connected.ok) return connected;
      const { slack, telegramId } = connected.value;
      running = { process, slackId: slack.id, telegramId, options };
      kept = true;
      return ok(slack);
    } finally {
      if (!kept) await process.stop();
    }
  }

  /** Signs in to the Telegram of a running sandbox, unless it is signed in and works. */
  async function joinTelegram(sandbox: RunningSandbox): Promise<Result<void, Failure>> {
    const { telegram: account, limits } = sandbox.process.ready;
    if (!account) return ok(undefined);
    const row = sandbox.telegramId && (await findConnection(deps.store.read, sandbox.telegramId));
    const checked = row?.isSandbox ? await telegram.check(row) : null;
    if (checked?.ok && checked.value?.state === "ready") return ok(undefined);
    const signedIn = await telegram.signInToSandbox(account, limits);
    if (!signedIn.ok) return signedIn;
    const admitted = await signedIn.value.admit();
    if (!admitted.ok) return admitted;
    sandbox.telegramId = admitted.value.id;
    return ok(undefined);
  }

  async function connect(
    process: SandboxProcess,
    wantsTelegram: boolean,
  ): Promise<Result<{ slack: Connection; telegramId: ConnectionId | null }, Failure>> {
    const team = await process.fetchSampleTeam();
    if (!team.ok) return team;
    const imported = await deps.importTeam(team.value);
    if (!imported.ok) {
      const { code, message } = imported.error;
      return err(
        failure("sandbox/not-started", { reason: `its sample team was refused: ${code}: ${message}` }),
      );
    }
    const { slackToken, slackApiUrl, limits, telegram: offered } = process.ready;
    sessions.noteSandbox(slackApiUrl, limits);
    // Before anything is stored, because this is what can fail.
    const signedIn = wantsTelegram && offered ? await telegram.signInToSandbox(offered, limits) : ok(null);
    if (!signedIn.ok) return signedIn;
    sessions.noteSandbox(slackApiUrl, limits);
    const slack = await admitToken(deps, sessions, {
      secret: { accessToken: slackToken, refreshToken: null, expiresAtMs: null, clientId: null },
      apiUrl: slackApiUrl,
      isSandbox: true,
    });
    if (!slack.ok) return slack;
    const admitted = (await signedIn.value?.admit()) ?? ok(null);
    return admitted.ok ? ok({ slack: slack.value, telegramId: admitted.value?.id ?? null }) : admitted;
  }

  return {
    open(options) {
      const opening = queue.then(() => open(options));
      queue = opening.catch(() => undefined);
      return opening;
    },
    async endFor(connectionId) {
      if (!running || (connectionId !== running.slackId && connectionId !== running.telegramId)) return;
      const { slackId, telegramId } = running;
      const ids = telegramId === null ? [slackId] : [slackId, telegramId];
      const left = await Promise.all(ids.map((id) => findConnection(deps.store.read, id)));
      if (left.every((row) => !row?.isSandbox)) await end();
    },
    async end() {
      await queue;
      await end();
    },
  };
}

function isSameWorld(left: SandboxOptions, right: SandboxOptions): boolean {
  return left.seed === right.seed && left.world === right.world && left.limits === right.limits;
}
