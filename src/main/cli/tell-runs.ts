import type { Application } from "#main/compose.ts";
import type { Telling } from "#shared/domain/telling.ts";
import type { Operator } from "./operator.ts";

/** Longer than any platform takes to say that it does not answer. */
const PATIENCE_MS = 60_000;

/**
 * Tells of the runs that ended, to whom and as the settings say, and notes what became of each message. No message
 * changes how the command ends: what was not sent is tried again by the next Muster, or shown by its window. After
 * Ctrl+C nothing is begun that would have to be cut off.
 */
export async function tellRuns(
  { insights }: Pick<Application, "insights">,
  { terminal, interrupted }: Operator,
): Promise<void> {
  if (interrupted.aborted) return;
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(PATIENCE_MS)]);
  for (const telling of await insights.tellAtOnce(signal)) terminal.note(describeTelling(telling));
}

/** `Told over slack: 3 new gaps in 2 groups`, or why not. */
function describeTelling({ channel, state, title, failure }: Telling): string {
  const why = failure === null ? "" : ` ${failure.message} [${failure.code}]`;
  switch (state) {
    case "sent":
      return `Told over ${channel}: ${title}`;
    case "waiting":
    case "sending":
      return `Not told over ${channel} yet: ${title}.${why} It is tried again by the next Muster that works here.`;
    case "unknown":
      return `Perhaps told over ${channel}: ${title}.${why} It is not sent again by itself.`;
    case "failed":
      return `Not told over ${channel}: ${title}.${why}`;
  }
}
