import type { Application } from "#main/compose.ts";
import type { RunProgress } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { openProgressLine } from "./progress-line.ts";
import type { Terminal } from "./terminal.ts";

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
  const line = openProgressLine(terminal);
  let calls = 0;

  function show(progress: RunProgress): void {
    calls = progress.calls;
    const { phase, waiting } = progress.progress;
    line.show(describe(progress), `${phase} ${waiting?.why ?? ""}`);
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
      line.clear();
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
