import { MINUTE_MS } from "#shared/lib/time.ts";

/** When a turn of a schedule was due and begun, and how many before it had none. */
export interface TurnTimes {
  readonly dueAtMs: number;
  readonly atMs: number;
  readonly missed: number;
}

/** A turn within this is on time. */
const LATE_MS = MINUTE_MS;

/**
 * A turn in the operator's terms. The runner counts every time that passed more than a minute ago; when the newest of
 * them is among those, this turn is for it, late, and only the ones before it were missed.
 */
export function decideTurn(fired: {
  readonly dueAtMs: number;
  readonly atMs: number;
  readonly passed: number;
}): TurnTimes {
  const { dueAtMs, atMs, passed } = fired;
  return { dueAtMs, atMs, missed: isLate(fired) ? Math.max(0, passed - 1) : passed };
}

/** It began noticeably after it was due. */
export function isLate({ dueAtMs, atMs }: { readonly dueAtMs: number; readonly atMs: number }): boolean {
  return atMs - dueAtMs > LATE_MS;
}
