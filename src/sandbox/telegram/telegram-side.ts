import type { CallLog } from "#sandbox/control/call-log.ts";
import type { FaultRules } from "#sandbox/control/fault-rules.ts";
import type { AccountDirectory } from "#sandbox/telegram/accounts.ts";
import type { BudgetBook } from "#sandbox/telegram/budgets.ts";
import type { WorldHalf } from "#sandbox/telegram/method.ts";
import type { LoginCodes } from "#sandbox/telegram/sign-in/login-codes.ts";
import type { LoginTokens } from "#sandbox/telegram/sign-in/login-tokens.ts";
import type { Passwords } from "#sandbox/telegram/sign-in/passwords.ts";
import type { TelegramFaultKind } from "#sandbox/telegram/telegram-faults.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { UpdateOffice } from "#sandbox/telegram/updates/update-office.ts";
import type { AuthKey, EndReason } from "#sandbox/telegram/wire/auth-key.ts";
import type { Session } from "#sandbox/telegram/wire/session.ts";
import type { World } from "#sandbox/world/model.ts";

/** The Telegram side of the world: what Telegram's servers keep beside people and chats. */
export interface TelegramSide {
  readonly world: World;
  readonly worldHalf: WorldHalf;
  readonly accounts: AccountDirectory;
  readonly updates: UpdateOffice<Session>;
  readonly budgets: BudgetBook;
  readonly faults: FaultRules<TelegramFaultKind>;
  readonly calls: CallLog;
  readonly codes: LoginCodes;
  readonly passwords: Passwords;
  readonly tokens: LoginTokens;
  readonly apiId: number;
  readonly apiHash: string;
  /** Where the server listens; set when it does. */
  address: { host: string; port: number };
  nowMs(): number;
  /** Every authorization key. */
  keys(): Iterable<AuthKey>;
  findKey(id: bigint): AuthKey | null;
  /** Ends the sign-in of a key from elsewhere: its connections close, later calls are answered 401 with the reason. */
  endAuthorization(key: AuthKey, reason: EndReason): void;
  /** Writes keys and sign-ins down where they outlive this process, if they shall. After every change of them. */
  saveSignIns(): void;
  /** Sends an `Updates` to the sessions of a key that want them. */
  push(key: AuthKey, updates: TlObject): void;
}
