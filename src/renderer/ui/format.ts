/** Numbers, times and durations as people read them, in the system's time zone. */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";

/** The screens are in English, so a German “vor 3 Minuten” would stand out; English variants differ in dates. */
const LOCALE = navigator.language.startsWith("en") ? navigator.language : "en";

const integer = new Intl.NumberFormat(LOCALE);
const percent = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 1 });
const dateTime = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });
const shortDateTime = new Intl.DateTimeFormat(LOCALE, {
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
});
const dateOnly = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium" });
const hourAndMinute = new Intl.DateTimeFormat(LOCALE, { hour: "numeric", minute: "2-digit" });
const timeOnly = new Intl.DateTimeFormat(LOCALE, { timeStyle: "medium" });
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" });

export function formatCount(count: number): string {
  return integer.format(count);
}

/** `1 group`, `3 groups`: the count with its noun. */
export function formatNoun(count: number, singular: string, plural = `${singular}s`): string {
  return `${integer.format(count)} ${count === 1 ? singular : plural}`;
}

/** A rate 0..1 as a percentage. Never rounds an incomplete rate up to 100 %, nor a non-zero one down to 0 %. */
export function formatRate(rate: number): string {
  if (rate < 1 && rate > 0.999) return `> ${percent.format(0.999)}`;
  if (rate > 0 && rate < 0.001) return `< ${percent.format(0.001)}`;
  return percent.format(rate);
}

export function formatDateTime(atMs: number): string {
  return dateTime.format(atMs);
}

/** Without the year, for lists of recent things. */
export function formatShortDateTime(atMs: number): string {
  return shortDateTime.format(atMs);
}

export function formatDate(atMs: number): string {
  return dateOnly.format(atMs);
}

/** Hour and minute, for what is only expected. */
export function formatClock(atMs: number): string {
  return hourAndMinute.format(atMs);
}

export function formatTime(atMs: number): string {
  return timeOnly.format(atMs);
}

/** `just now`, `3 minutes ago`, `in 2 days`; the date itself once it is a month away. */
export function formatRelative(atMs: number, nowMs: number): string {
  const distanceMs = atMs - nowMs;
  const size = Math.abs(distanceMs);
  // A screen's clock may be up to a minute behind what it shows.
  if (size < 45 * SECOND_MS || (distanceMs > 0 && distanceMs <= MINUTE_MS)) return "just now";
  if (size < HOUR_MS) return relative.format(Math.round(distanceMs / MINUTE_MS), "minute");
  if (size < DAY_MS) return relative.format(Math.round(distanceMs / HOUR_MS), "hour");
  if (size < 30 * DAY_MS) return relative.format(Math.round(distanceMs / DAY_MS), "day");
  return dateOnly.format(atMs);
}

/** `today 02:00`, `yesterday 02:00`; further away as `formatRelative`. Days are those of the calendar. */
export function formatAge(atMs: number, nowMs: number): string {
  const days = Math.round((midnightBefore(nowMs) - midnightBefore(atMs)) / DAY_MS);
  if (days !== 0 && days !== 1) return formatRelative(atMs, nowMs);
  return `${days === 0 ? "today" : "yesterday"} ${hourAndMinute.format(atMs)}`;
}

function midnightBefore(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}

/** `850 ms`, `12 s`, `3 min 20 s`, `1 h 05 min`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < SECOND_MS) return `${Math.round(durationMs)} ms`;
  const seconds = Math.round(durationMs / SECOND_MS);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
