import type { CallContext } from "#sandbox/telegram/method.ts";

/**
 * How many rows to hand out: what was asked for, but at most `most`, and `whenZero` for 0 or less. The scripted fault
 * of a short page halves it; clients must then go on from what they got.
 */
export function pageLimit(
  call: Pick<CallContext, "shortPage">,
  asked: unknown,
  most: number,
  whenZero: number,
): number {
  const wanted = Number(asked);
  const limit = wanted <= 0 ? whenZero : Math.min(wanted, most);
  return call.shortPage ? Math.ceil(limit / 2) : limit;
}
