import type { Run } from "#shared/domain/coverage.ts";
import { PLATFORM_WORDS, RUN_STATE_WORDS, STRATEGY_WORDS } from "#renderer/api/words.ts";
import { formatDateTime } from "#renderer/ui/format.ts";

/** `Slack, Telegram`. */
export function platformNames({ platforms }: Pick<Run, "platforms">): string {
  return platforms.map((platform) => PLATFORM_WORDS[platform]).join(", ");
}

/** A run as one of many to choose from: `Nov 20, 2026, 2:00 AM · Slack`; how it ended only when that was not well. */
export function runLabel(run: Pick<Run, "startedAtMs" | "platforms" | "state">): string {
  const ended = run.state === "completed" ? "" : ` (${RUN_STATE_WORDS[run.state].toLowerCase()})`;
  return `${formatDateTime(run.startedAtMs)} · ${platformNames(run)}${ended}`;
}

/**
 * How a run asked, for somebody who knows no strategy by name: `by person`, or `Slack by person, Telegram by group`.
 * Null while it is not decided.
 */
export function howAsked({ strategies }: Pick<Run, "strategies">): string | null {
  const [first] = strategies;
  if (first === undefined) return null;
  const nameOf = ({ strategy }: (typeof strategies)[number]) => STRATEGY_WORDS[strategy].name.toLowerCase();
  if (strategies.every(({ strategy }) => strategy === first.strategy)) return nameOf(first);
  return strategies.map((each) => `${PLATFORM_WORDS[each.platform]} ${nameOf(each)}`).join(", ");
}
