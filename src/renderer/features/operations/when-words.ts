import { formatClock, formatShortDateTime } from "#renderer/ui/format.ts";

/** A moment of today as its time, of another day with the day; to the minute, for it is foreseen. */
export function whenWords(atMs: number, nowMs: number): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  return isToday ? formatClock(atMs) : formatShortDateTime(atMs);
}
