import type { CommandOutput } from "#sandbox/cli/command-output.ts";
import { askControl, findControlUrl } from "#sandbox/cli/control-client.ts";
import { parseFlags, UsageError, wholeNumber, type ParsedFlags } from "#sandbox/cli/flags.ts";

const VALUED = [
  "platform",
  "seconds",
  "method",
  "kind",
  "times",
  "after",
  "retry-after",
  "delay-ms",
  "channel",
  "id",
  "control",
  "pid",
];
const MOST = 1_000_000;

/** `fault add|list|clear`: scripts faults in a running sandbox; prints the control API's JSON answer. */
export async function runFault(argv: readonly string[], output: CommandOutput): Promise<number> {
  const flags = parseFlags(argv, { valued: VALUED, plain: ["json"] });
  const [action = "", extra] = flags.words;
  if (extra !== undefined) throw new UsageError(`"${extra}" is not expected here`);
  const answer = await runAction(action, flags);
  output.out(`${JSON.stringify(answer)}\n`);
  return 0;
}

async function runAction(action: string, flags: ParsedFlags): Promise<unknown> {
  switch (action) {
    case "add": {
      const order = readOrder(flags);
      return askControl(findControlUrl(flags), "POST", "faults", order);
    }
    case "list":
      return askControl(findControlUrl(flags), "GET", "faults");
    case "clear": {
      const id = flags.values.get("id");
      const path = id === undefined ? "faults" : `faults?id=${encodeURIComponent(id)}`;
      return askControl(findControlUrl(flags), "DELETE", path);
    }
    default:
      throw new UsageError("fault needs add, list or clear");
  }
}

function readOrder(flags: ParsedFlags): Record<string, unknown> {
  const method = flags.values.get("method");
  const kind = flags.values.get("kind");
  if (method === undefined || kind === undefined) throw new UsageError("fault add needs --method and --kind");
  const platform = flags.values.get("platform") ?? "slack";
  if (platform !== "slack" && platform !== "telegram") {
    throw new UsageError(`--platform must be slack or telegram, not "${platform}"`);
  }
  const order: Record<string, unknown> = { platform, method, kind };
  for (const [flag, field] of [
    ["times", "times"],
    ["after", "after"],
    ["retry-after", "retryAfterS"],
    ["delay-ms", "delayMs"],
    ["seconds", "seconds"],
  ] as const) {
    if (flags.values.has(flag)) order[field] = wholeNumber(flags, flag, 0, MOST);
  }
  const channel = flags.values.get("channel");
  return channel === undefined ? order : { ...order, channel };
}
