import { CommandFailure } from "#sandbox/cli/command-failure.ts";
import type { CommandOutput } from "#sandbox/cli/command-output.ts";
import { parseFlags, refuseWords, UsageError, wholeNumber } from "#sandbox/cli/flags.ts";
import { announceSandbox } from "#sandbox/cli/state-file.ts";
import { startSandbox, type Sandbox, type SandboxReady } from "#sandbox/start-sandbox.ts";

/**
 * `start`: runs a sandbox until SIGTERM, SIGINT or, with `--exit-with-parent`, until standard input closes or the
 * parent's IPC channel does. Standard output gets exactly one line, the JSON of `SandboxReady`.
 */
export async function runStart(argv: readonly string[], output: CommandOutput): Promise<number> {
  const flags = parseFlags(argv, {
    valued: ["seed", "world", "limits", "slack-port", "telegram-port", "telegram-state"],
    plain: ["json", "exit-with-parent"],
  });
  refuseWords(flags);
  const limits = flags.values.get("limits") ?? "on";
  if (limits !== "on" && limits !== "off")
    throw new UsageError(`--limits must be on or off, not "${limits}"`);
  const slackPort = wholeNumber(flags, "slack-port", 0, 65_535);
  const telegramState = flags.values.get("telegram-state");
  const sandbox = await start({
    seed: wholeNumber(flags, "seed", 1, 2 ** 31),
    world: flags.values.get("world") ?? "reference",
    limits: limits === "on",
    slackPort,
    telegramPort: wholeNumber(flags, "telegram-port", 0, 65_535),
    ...(telegramState !== undefined && { telegramState }),
  });
  const forget = announceSandbox({ pid: process.pid, controlUrl: sandbox.ready.controlUrl });
  // The state file must go whatever ends the process.
  process.once("exit", forget);
  const ended = untilAskedToEnd(flags.plain.has("exit-with-parent"));
  output.out(`${JSON.stringify(sandbox.ready)}\n`);
  if (!flags.plain.has("json")) output.err(describe(sandbox.ready));
  await ended;
  await sandbox.close();
  forget();
  return 0;
}

async function start(options: Parameters<typeof startSandbox>[0]): Promise<Sandbox> {
  try {
    return await startSandbox(options);
  } catch (error) {
    const { code, port } = error as NodeJS.ErrnoException & { port?: number };
    if (code === "EADDRINUSE") throw new CommandFailure(`port ${port} of 127.0.0.1 is in use`);
    if (code === "EACCES") throw new CommandFailure(`port ${port} may not be used by this user`);
    throw error;
  }
}

function untilAskedToEnd(withParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      // A watched standard input would keep the process alive.
      if (withParent) process.stdin.destroy();
      resolve();
    };
    process.once("SIGTERM", end);
    process.once("SIGINT", end);
    if (!withParent) return;
    process.once("disconnect", end);
    process.stdin.once("end", end);
    process.stdin.once("close", end);
    process.stdin.resume();
  });
}

function describe({ seed, world, limits, slack, telegram, controlUrl, pid }: SandboxReady): string {
  const [owner] = telegram.accounts;
  return `Muster sandbox (process ${pid}): world ${world}, seed ${seed}, rate limits ${limits}

  Slack workspace  ${slack.teamName} (${slack.teamId})
  API URL          ${slack.apiUrl}
  OAuth page       ${slack.oauthAuthorizeUrl}   client id ${slack.clientId}
  user token       ${slack.tokens.full}
    missing scopes ${slack.tokens.missingScope}
    revoked        ${slack.tokens.revoked}
  bot token        ${slack.tokens.bot}

  Telegram         data centre ${telegram.dc.id} at ${telegram.dc.host}:${telegram.dc.port}
  API id, hash     ${telegram.apiId}  ${telegram.apiHash}
  server's key     ${telegram.publicKeyFingerprint.hex} (the key itself is in the JSON line)
  sign in with     ${owner?.phone}   code ${owner?.code}   password ${owner?.password ?? "none"}
  bot token        ${telegram.botToken}

  control          ${controlUrl}

Press Ctrl+C to stop.
`;
}
