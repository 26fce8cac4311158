import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import type { LiveGroup, LiveQuestion, LiveReading, Pace } from "./live-reading.ts";

/** Few calls at once: those in parallel draw waits (reported by users, checked 2026-11). */
export const AT_ONCE = 4;

/** One account being read. */
export interface TelegramRead {
  readonly session: TelegramSession;
  readonly question: LiveQuestion;
  readonly reading: LiveReading;
  readonly pace: Pace;
}

/** A group as calls name it. */
export function refOf({ groupId, kind }: LiveGroup): {
  groupId: string;
  kind: "basic" | "supergroup" | "forum";
} {
  return { groupId, kind: kind ?? "supergroup" };
}
