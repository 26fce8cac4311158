import type { TelegramSide } from "#sandbox/telegram/telegram-side.ts";
import type { TlObject, TlValue } from "#sandbox/telegram/tl-value.ts";
import type { AuthKey } from "#sandbox/telegram/wire/auth-key.ts";
import type { Session } from "#sandbox/telegram/wire/session.ts";

/** What a method of the protocol half works with; nobody need be signed in. */
export interface OpenCall {
  readonly side: TelegramSide;
  /** The lasting key of the client, which holds its sign-in. */
  readonly key: AuthKey;
  readonly session: Session;
  readonly nowS: number;
}

export type OpenMethod = (request: TlObject, call: OpenCall) => TlValue | Promise<TlValue>;

export type OpenMethodTable = Readonly<Record<string, OpenMethod>>;
