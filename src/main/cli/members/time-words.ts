/** `14:32 CET` on the wall of this computer, with the date where it is another day there than now. */
export function formatLimitTime(atMs: number, nowMs: number): string {
  const dayOf = (ms: number): string => new Date(ms).toLocaleDateString("sv-SE");
  const time = new Date(atMs).toLocaleTimeString("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  });
  return dayOf(atMs) === dayOf(nowMs) ? time : `${dayOf(atMs)} ${time}`;
}

/** `40 s`, `12 min`, `3 h 5 min`; rounded up. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 change`, `3 changes`. */
export function formatNoun(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
