import type { Application } from "#main/compose.ts";
import type { RunProgress } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { printable, type Terminal } from "./terminal.ts";

/** How often a log file, which cannot redraw a line, hears about progress. */
const quietIntervalMs = 5_000;

const clearLine = "\r\u001b[2K";

/** A run whose progress is shown. */
export interface Following {
  /** Calls made so far, as last heard. */
  calls(): number;
  /** Ends the showing; resolves when the last word is out. */
  stop(): Promise<void>;
}

/** Shows a run's progress on standard error: one line redrawn in place on a terminal, a line now and then elsewhere. */
export function followProgress({ coverage }: Application, runId: RunId, terminal: Terminal): Following {
  const stop = new AbortController();
  const canRedraw = process.stderr.isTTY && process.env["TERM"] !== "dumb";
  let calls = 0;
  let saidAtMs = 0;
  let said = "";

  function show(progress: RunProgress): void {
    calls = progress.calls;
    const line = describe(progress);
    if (canRedraw) {
      // A line that wraps could not be taken back.
      process.stderr.write(clearLine + printable(line).slice(0, (process.stderr.columns || 80) - 1));
      return;
    }
    const { phase, waiting } = progress.progress;
    const news = `${phase} ${waiting?.why ?? ""}`;
    if (news === said && performance.now() - saidAtMs < quietIntervalMs) return;
    said = news;
    saidAtMs = performance.now();
    terminal.note(line);
  }

  async function follow(): Promise<void> {
    const stream = await coverage.progress({ runId }, stop.signal);
    if (!stream.ok) return;
    for await (const progress of stream.value) show(progress);
  }

  const followed = follow();
  return {
    calls: () => calls,
    async stop() {
      stop.abort();
      await followed;
      if (canRedraw) process.stderr.write(clearLine);
    },
  };
}

function describe({ progress, calls }: RunProgress): string {
  const { phase, done, total, etaMs, waiting } = progress;
  const count = total === null ? `${done}` : `${done}/${total}`;
  const eta = etaMs === null ? "" : `, about ${Math.ceil(etaMs / 1_000)} s left`;
  const wait = waiting
    ? `, waiting until ${new Date(waiting.untilMs).toISOString().slice(11, 19)} UTC: ${waiting.why}`
    : "";
  return `${phase} ${count}, ${calls} calls${eta}${wait}`;
}
