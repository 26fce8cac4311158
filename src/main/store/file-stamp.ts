import type { EpochMs } from "#shared/lib/time.ts";

/** A UTC time as part of a file name on any system: `2026-11-20T10-18-18-123Z`. Sorts by time. */
export function fileStamp(atMs: EpochMs): string {
  return new Date(atMs).toISOString().replaceAll(/[:.]/g, "-");
}

/** The inverse of `fileStamp`; null for any other text. */
export function parseFileStamp(text: string): EpochMs | null {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/.exec(text);
  if (!parts) return null;
  const [, day, hours, minutes, seconds, millis] = parts;
  const atMs = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${millis}Z`);
  return Number.isNaN(atMs) ? null : atMs;
}
