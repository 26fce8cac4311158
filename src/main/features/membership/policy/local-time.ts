import type { EpochMs } from "#shared/lib/time.ts";

/** Moments as a clock on the wall of one time zone shows them. */
export interface LocalTime {
  /** IANA name, e.g. `Europe/Berlin`. */
  readonly zone: string;
  /** `2026-11-20 14:03:09`. */
  format(atMs: EpochMs): string;
  /** `20261120_140309`, as it can stand in a file's name. */
  stamp(atMs: EpochMs): string;
  /** How far ahead of UTC it is then: `UTC+01:00`. */
  offset(atMs: EpochMs): string;
  /** The moment whose UTC reading is what the wall shows: for cells that know no zones. */
  asUtcMs(atMs: EpochMs): EpochMs;
}

const MINUTE_MS = 60_000;

/** `zone` must be one that this runtime knows. */
export function localTimeIn(zone: string): LocalTime {
  const words = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });

  function asUtcMs(atMs: EpochMs): EpochMs {
    const parts = Object.fromEntries(
      words.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }

  const iso = (atMs: EpochMs) => new Date(asUtcMs(atMs)).toISOString().slice(0, 19);

  return {
    zone,
    asUtcMs,
    format: (atMs) => iso(atMs).replace("T", " "),
    stamp: (atMs) => iso(atMs).replaceAll(/[-:]/g, "").replace("T", "_"),
    offset(atMs) {
      // Whole seconds are compared, since the wall shows no more.
      const minutes = Math.round((asUtcMs(atMs) - Math.floor(atMs / 1_000) * 1_000) / MINUTE_MS);
      const size = Math.abs(minutes);
      const two = (number: number) => String(number).padStart(2, "0");
      return `UTC${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
    },
  };
}
