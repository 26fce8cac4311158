import type { TelegramAccount } from "#sandbox/telegram/telegram-account.ts";
import type { TlObject, TlValue } from "#sandbox/telegram/tl-value.ts";
import type { UpdateDesk } from "#sandbox/telegram/updates/update-desk.ts";
import type { Person, World } from "#sandbox/world/model.ts";

export type { TelegramAccount };

/** Who asks, and what a method may use to answer. */
export interface CallContext {
  readonly world: World;
  /** Signed in; the protocol half refuses everybody else with 401 AUTH_KEY_UNREGISTERED before a method runs. */
  readonly account: TelegramAccount;
  /** Identifies this sign-in (one authorization key); stable over reconnects. */
  readonly authorizationId: bigint;
  /** The API layer the client speaks. Answers may carry fields of any layer; what the client's lacks is left out. */
  readonly layer: number;
  /** Epoch seconds of the sandbox's clock. */
  readonly nowS: number;
  /** Every account of the world by user id; null when nobody has it. */
  findAccount(userId: bigint): TelegramAccount | null;
  accountOf(person: Person): TelegramAccount | null;
  /** Numbers changes (pts), keeps them for getDifference and tells other sessions. The caller's session is not told. */
  readonly updates: UpdateDesk;
  /**
   * Takes one from a named budget of this account (limits.ts), such as `invite-people`; throws 420 FLOOD_WAIT_X when
   * it is used up. The budget with a method's own name is taken before the method runs.
   */
  takeBudget(name: string): void;
  /** Checks a proof of this account's cloud password; throws PASSWORD_HASH_INVALID, SRP_ID_INVALID, PASSWORD_MISSING. */
  checkPassword?(proof: TlObject): Promise<void>;
  /** A scripted fault: hand out half a page whose paging goes on correctly. */
  readonly shortPage: boolean;
}

/**
 * A method of the API. The result is any TL value of the method's documented result type; `true` is boolTrue.
 * Says no by throwing an `RpcError` (rpc-error.ts); anything else thrown is a defect of the sandbox (500 INTERNAL and stderr).
 */
export type RpcMethod = (request: TlObject, call: CallContext) => TlValue | Promise<TlValue>;

/** Methods by documented name, such as `messages.getDialogs`. */
export type MethodRegistry = Readonly<Record<string, RpcMethod>>;

/** What the protocol half asks of the half that knows people, chats and messages. */
export interface WorldHalf {
  readonly methods: MethodRegistry;
  /** The `user` of an account as `viewer` sees it; the viewer's own has `self: true` and the phone number. */
  describeUser(world: World, account: TelegramAccount, viewer: TelegramAccount): TlObject;
  /**
   * The channel an `InputChannel` names, for updates.getChannelDifference: throws `RpcError` CHANNEL_INVALID,
   * CHANNEL_PRIVATE. `dialog`, `messages` (newest page), `chats` and `users` answer channelDifferenceTooLong.
   */
  openChannel(input: TlObject, call: CallContext): OpenedChannel;
  /**
   * Changes the world as people in Telegram would, from the control API's JSON, and publishes the updates of it.
   * Throws `ImpossibleChange` (world/changes.ts) for a change that does not fit.
   */
  change(change: unknown, context: ChangeContext): void;
}

export interface OpenedChannel {
  readonly channelId: bigint;
  describe(): {
    readonly dialog: TlObject;
    readonly messages: readonly TlObject[];
    readonly chats: readonly TlObject[];
    readonly users: readonly TlObject[];
  };
}

export type ChangeContext = Pick<CallContext, "world" | "findAccount" | "accountOf" | "updates" | "nowS">;
