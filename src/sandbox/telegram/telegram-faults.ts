import type { FaultVocabulary } from "#sandbox/control/fault-rules.ts";

/**
 * What a scripted fault of the simulated Telegram does to a call: nothing comes back (`stall`); the line breaks before
 * it runs (`drop`) or after, with the answer kept for whoever asks again in the same session (`drop-mid-request`) or
 * lost (`drop-after`); it runs and nothing comes back (`stall-after`); 420 FLOOD_WAIT (`flood`); any error
 * (`error:CHANNEL_PRIVATE`, `error:403:CHAT_WRITE_FORBIDDEN`); a late answer (`slow`); half a page (`truncate`); the
 * sign-in ends (`revoke`), or does so once its key is in use on another connection too (`duplicate-key`); the server forgets the authorization key (`forget-key`), its salts (`change-salt`) or all
 * sessions and is away for `delayMs` (`restart`). `duplicate-update` and `lose-update` strike what is sent unasked.
 */
const KINDS = [
  "stall",
  "stall-after",
  "drop",
  "drop-after",
  "drop-mid-request",
  "flood",
  "error",
  "slow",
  "truncate",
  "revoke",
  "duplicate-key",
  "forget-key",
  "change-salt",
  "restart",
  "duplicate-update",
  "lose-update",
] as const;

export type TelegramFaultKind = (typeof KINDS)[number];

/**
 * Besides API methods there are `mtproto.connect` (a connection is made) and `mtproto.req_pq_multi`,
 * `mtproto.req_DH_params`, `mtproto.set_client_DH_params` (the key exchange): `stall` and `drop` strike there. `*`
 * stands for API methods only.
 */
export const TELEGRAM_FAULTS: FaultVocabulary<TelegramFaultKind> = {
  kinds: KINDS,
  lasting: ["slow", "duplicate-key"],
  coded: ["error"],
  methodPattern: /^[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)*$/,
  outsideWildcard: /^mtproto\.(?!updates$)/,
  exampleMethod: "an API method such as channels.getParticipants",
  exampleError: "error:CHANNEL_PRIVATE",
  idPrefix: "telegram-fault-",
};

/** Whether a kind is about updates rather than calls. */
export function isAboutUpdates(kind: TelegramFaultKind): boolean {
  return kind === "duplicate-update" || kind === "lose-update";
}

/** Reads `403:CHAT_WRITE_FORBIDDEN` or `CHANNEL_PRIVATE`; without a number the usual one of its family. */
export function readErrorCode(text: string): { readonly code: number; readonly message: string } {
  const numbered = /^(\d{3}):(.+)$/.exec(text);
  if (numbered) return { code: Number(numbered[1]), message: numbered[2] as string };
  return { code: usualCode(text), message: text };
}

/** Families of errors: core.telegram.org/api/errors (checked 2026-11). */
function usualCode(message: string): number {
  if (/_MIGRATE_\d+$/.test(message)) return 303;
  if (/^(AUTH_KEY_|SESSION_|USER_DEACTIVATED)/.test(message)) return 401;
  if (/(FORBIDDEN|_RESTRICTED|NOT_MUTUAL_CONTACT)$/.test(message)) return 403;
  if (/_(WAIT|PREMIUM_WAIT)_\d+$/.test(message)) return 420;
  if (/^(INTERNAL|RPC_|TIMEOUT|AUTH_RESTART)/.test(message)) return 500;
  return 400;
}
