import { secondsOf } from "#sandbox/telegram/wire/message-ids.ts";

/** Codes of bad_msg_notification: core.telegram.org/mtproto/service_messages_about_messages (checked 2026-11). */
export const BAD_MESSAGE = {
  idTooLow: 16,
  idTooHigh: 17,
  idNotDivisible: 18,
  containerIdRepeated: 19,
  tooOld: 20,
  evenSeqnoExpected: 34,
  oddSeqnoExpected: 35,
  badSalt: 48,
  badContainer: 64,
} as const;

const OLDEST_S = 300;
const NEWEST_S = 30;

/** The code of what is wrong with a client's message id, or null. */
export function checkMessageId(id: bigint, nowS: number): number | null {
  if (id % 4n !== 0n) return BAD_MESSAGE.idNotDivisible;
  const seconds = secondsOf(id);
  if (seconds < nowS - OLDEST_S) return BAD_MESSAGE.idTooLow;
  return seconds > nowS + NEWEST_S ? BAD_MESSAGE.idTooHigh : null;
}
