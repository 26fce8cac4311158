/** When something runs, as it is chosen: a usual rhythm at a time of day, or a rule of one's own. */
export type Rhythm = "daily" | "weekdays" | "weekly" | "hours" | "custom";

export const RHYTHM_WORDS: Readonly<Record<Rhythm, string>> = {
  daily: "Every day",
  weekdays: "Monday to Friday",
  weekly: "Every Monday",
  hours: "Every six hours",
  custom: "Another rule…",
};

/** The rhythm of a rule, and its time of day as `HH:MM`; `custom` for every rule that is none of the usual ones. */
export function readCron(cron: string): { readonly rhythm: Rhythm; readonly time: string } {
  const [minute = "", hour = "", ...rest] = cron.trim().split(/\s+/);
  const days = rest.join(" ");
  if (/^\d+$/.test(minute) && hour === "*/6" && days === "* * *") return { rhythm: "hours", time: "00:00" };
  const isTime = isBelow(minute, 60) && isBelow(hour, 24);
  const rhythm = { "* * *": "daily", "* * 1-5": "weekdays", "* * 1": "weekly" }[days] as Rhythm | undefined;
  if (!isTime || rhythm === undefined) return { rhythm: "custom", time: "02:00" };
  return { rhythm, time: `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}` };
}

/** The rule for a usual rhythm; null for `custom`, and for what is no time of day. */
export function writeCron(rhythm: Rhythm, time: string): string | null {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time.trim()) ?? [];
  if (hour === undefined || minute === undefined) return null;
  const at = `${Number(minute)} ${Number(hour)}`;
  switch (rhythm) {
    case "daily":
      return `${at} * * *`;
    case "weekdays":
      return `${at} * * 1-5`;
    case "weekly":
      return `${at} * * 1`;
    case "hours":
      return "0 */6 * * *";
    case "custom":
      return null;
  }
}

/** A rule in a few words. */
export function describeCron(cron: string, timeZone: string): string {
  const { rhythm, time } = readCron(cron);
  if (rhythm === "custom") return `${cron} (${timeZone})`;
  return rhythm === "hours" ? RHYTHM_WORDS.hours : `${RHYTHM_WORDS[rhythm]} at ${time} (${timeZone})`;
}

/** Every time zone that this system knows, UTC first. */
export function listTimeZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}

function isBelow(text: string, limit: number): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) < limit;
}
