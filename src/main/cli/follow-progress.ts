import type { Application } from "#main/compose.ts";
import type { RunProgress } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import type { Terminal } from "./terminal.ts";

/** How often a log file, which cannot redraw a line, hears about progress. */
const quietIntervalMs = 5_000;

/**
 * Shows a run's progress on standard error: one line redrawn in place on a terminal, a line now and then elsewhere.
 * Returns the way to stop, which waits until the last word is out.
 */
export function followProgress(
  { coverage }: Application,
  runId: RunId,
  terminal: Terminal,
): () => Promise<void> {
  const stop = new AbortController();
  const isInteractive = process.stderr.isTTY;
  let saidAtMs = 0;
  let saidPhase = "";

  function show(progress: RunProgress): void {
    const line = describe(progress);
    if (isInteractive) {
      process.stderr.write(`\r\u001b[2K${line}`);
      return;
    }
    const { phase } = progress.progress;
    const isDue = phase !== saidPhase || performance.now() - saidAtMs > quietIntervalMs;
    if (!isDue) return;
    saidPhase = phase;
    saidAtMs = performance.now();
    terminal.note(line);
  }

  async function follow(): Promise<void> {
    const stream = await coverage.progress({ runId }, stop.signal);
    if (!stream.ok) return;
    for await (const progress of stream.value) show(progress);
  }

  const followed = follow();
  return async () => {
    stop.abort();
    await followed;
    if (isInteractive) process.stderr.write("\r\u001b[2K");
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
