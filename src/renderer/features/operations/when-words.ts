import { formatShortDateTime, formatTime } from "#renderer/ui/format.ts";

/** A moment of today as its time, of another day with the day. */
export function whenWords(atMs: number, nowMs: number): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  return isToday ? formatTime(atMs) : formatShortDateTime(atMs);
}
