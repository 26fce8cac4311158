import { CommandFailure } from "#sandbox/cli/command-failure.ts";
import type { ParsedFlags } from "#sandbox/cli/flags.ts";
import { listRunningSandboxes } from "#sandbox/cli/state-file.ts";

/** The control URL a command means: `--control`, the sandbox with `--pid`, or the only one running. */
export function findControlUrl(flags: ParsedFlags): string {
  const given = flags.values.get("control");
  if (given !== undefined) return given.endsWith("/") ? given : `${given}/`;
  const running = listRunningSandboxes();
  const pid = flags.values.get("pid");
  const wanted = pid === undefined ? running : running.filter((one) => String(one.pid) === pid);
  if (wanted.length === 1) return (wanted[0] as (typeof wanted)[number]).controlUrl;
  if (wanted.length === 0) {
    const which = pid === undefined ? "no sandbox is running" : `no sandbox runs as process ${pid}`;
    throw new CommandFailure(`${which}; start one, or name it with --control URL`);
  }
  const pids = wanted.map((one) => one.pid).join(", ");
  throw new CommandFailure(`several sandboxes are running (${pids}); choose one with --pid or --control URL`);
}

/** One request to a control endpoint; throws `CommandFailure` when it refuses or does not answer. */
export async function askControl(
  controlUrl: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(new URL(path, controlUrl), {
      method,
      signal: AbortSignal.timeout(30_000),
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      }),
    });
  } catch {
    throw new CommandFailure("the sandbox does not answer at its control URL");
  }
  const answer = (await response.json().catch(() => ({}))) as { error?: string };
  if (!response.ok) throw new CommandFailure(answer.error ?? `the control URL answered ${response.status}`);
  return answer;
}
