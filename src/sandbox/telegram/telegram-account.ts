import type { Person } from "#sandbox/world/model.ts";

/** Somebody's Telegram account. Phone, login code and password are the protocol half's business. */
export interface TelegramAccount {
  readonly userId: bigint;
  readonly person: Person;
  readonly isBot: boolean;
  /** International form without "+"; bots have none. */
  readonly phone: string | null;
}
