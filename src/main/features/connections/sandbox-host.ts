import type { SandboxOptions, SandboxProcess } from "#main/platforms/sandbox/index.ts";
import { findConnection } from "#main/store/queries/connections.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { admitToken } from "./admit-token.ts";
import { asConnection } from "./as-connection.ts";
import type { ConnectionsDeps } from "./connections-deps.ts";
import { identify } from "./identify.ts";
import type { Sessions } from "./sessions.ts";

interface RunningSandbox {
  readonly process: SandboxProcess;
  readonly connectionId: ConnectionId;
  readonly options: SandboxOptions;
}

/** The one sandbox this application runs. */
export interface SandboxHost {
  /**
   * Starts a sandbox, takes in its sample team and connects to it. Asked again for the same world it answers with the
   * connection it has; for another one it ends the first.
   */
  open(options: SandboxOptions): Promise<Result<Connection, Failure>>;
  /** Ends the sandbox if it is the one behind this connection. */
  endFor(connectionId: ConnectionId): Promise<void>;
  end(): Promise<void>;
}

export function createSandboxHost(deps: ConnectionsDeps, sessions: Sessions): SandboxHost {
  let running: RunningSandbox | null = null;
  /** Two clicks start one sandbox. */
  let queue: Promise<unknown> = Promise.resolve();

  async function end(): Promise<void> {
    const ending = running;
    running = null;
    await ending?.process.stop();
  }

  async function findOpen(options: SandboxOptions): Promise<Connection | null> {
    if (!running || !isSameWorld(running.options, options)) return null;
    const row = await findConnection(deps.store.read, running.connectionId);
    if (!row?.isSandbox) return null;
    const answers = await identify(sessions.openAside(row), deps.clock);
    return answers.ok ? asConnection(row) : null;
  }

  async function open(options: SandboxOptions): Promise<Result<Connection, Failure>> {
    const existing = await findOpen(options);
    if (existing) return ok(existing);
    await end();
    const started = await deps.sandbox.start(options);
    if (!started.ok) return started;
    const process = started.value;
    let kept = false;
    try {
      const connection = await connect(process);
      if (connection.ok) {
        running = { process, connectionId: connection.value.id, options };
        kept = true;
      }
      return connection;
    } finally {
      if (!kept) await process.stop();
    }
  }

  async function connect(process: SandboxProcess): Promise<Result<Connection, Failure>> {
    const team = await process.fetchSampleTeam();
    if (!team.ok) return team;
    const imported = await deps.importTeam(team.value);
    if (!imported.ok) {
      const { code, message } = imported.error;
      return err(
        failure("sandbox/not-started", { reason: `its sample team was refused: ${code}: ${message}` }),
      );
    }
    const { slackToken, slackApiUrl, limits } = process.ready;
    sessions.noteSandbox(slackApiUrl, limits);
    return admitToken(deps, sessions, {
      secret: { accessToken: slackToken, refreshToken: null, expiresAtMs: null, clientId: null },
      apiUrl: slackApiUrl,
      isSandbox: true,
    });
  }

  return {
    open(options) {
      const opening = queue.then(() => open(options));
      queue = opening.catch(() => undefined);
      return opening;
    },
    async endFor(connectionId) {
      if (running?.connectionId === connectionId) await end();
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
