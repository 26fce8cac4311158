import { createAccountDirectory, type AccountDirectory } from "#sandbox/telegram/accounts.ts";
import type { CallContext, ChangeContext, TelegramAccount } from "#sandbox/telegram/method.ts";
import { accessHash } from "#sandbox/telegram/methods/access-hash.ts";
import { WORLD_HALF } from "#sandbox/telegram/methods/world-half.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import { UpdateOffice } from "#sandbox/telegram/updates/update-office.ts";
import { loadWorld } from "#sandbox/world/load-world.ts";
import type { World } from "#sandbox/world/model.ts";
import type { TelegramGroup, TelegramUser } from "#sandbox/world/telegram-model.ts";

/** The methods without the wire: call them as an account, look at who was told what. */
export interface Lab {
  readonly world: World;
  readonly accounts: AccountDirectory;
  /** The account of the Slack token's owner. */
  readonly anchor: TelegramAccount;
  call(method: string, request?: Record<string, unknown>, options?: Partial<CallContext>): Promise<Answer>;
  /** As another account than the anchor. */
  callAs(
    account: TelegramAccount,
    method: string,
    request?: Record<string, unknown>,
    options?: Partial<CallContext>,
  ): Promise<Answer>;
  /** The refusal a call ends in, as `400 NAME`. */
  refusal(method: string, request?: Record<string, unknown>, account?: TelegramAccount): Promise<string>;
  change(body: unknown): void;
  inputUser(user: TelegramUser, viewer?: TelegramAccount): TlObject;
  inputChannel(group: TelegramGroup, viewer?: TelegramAccount): TlObject;
  inputPeer(group: TelegramGroup, viewer?: TelegramAccount): TlObject;
  userOf(account: TelegramAccount): TelegramUser;
  /** Every update sent to other sessions since the last look: who and what. */
  told(): {
    readonly reader: TelegramAccount;
    readonly updates: readonly TlObject[];
    readonly users: readonly TlObject[];
  }[];
}

/** Answers are plain TL objects of many shapes; a test says which by what it expects. */
export type Answer = ReturnType<typeof JSON.parse>;

export const NOW_S = 1_793_500_000;

export function openLab(world: World | string = "small", seed = 1): Lab {
  const loaded = typeof world === "string" ? loadWorld(world, seed) : world;
  const accounts = createAccountDirectory(loaded);
  const sent: { reader: TelegramAccount; updates: readonly TlObject[]; users: readonly TlObject[] }[] = [];
  const office = new UpdateOffice<string>(
    () => NOW_S,
    (reader, { updates, users }) =>
      sent.push({ reader, updates: updates as readonly TlObject[], users: users as readonly TlObject[] }),
  );
  const context: ChangeContext = {
    world: loaded,
    findAccount: (userId) => accounts.find(userId),
    accountOf: (person) => accounts.of(person),
    updates: office.desk(null),
    nowS: NOW_S,
  };
  const anchor = accounts.team[0] as TelegramAccount;
  const userOf = (account: TelegramAccount): TelegramUser =>
    loaded.telegram.userById.get(Number(account.userId)) as TelegramUser;
  const hashFor = (viewer: TelegramAccount, kind: "user" | "channel", id: number): bigint =>
    accessHash(loaded.seed, userOf(viewer).index, kind, id);
  const lab: Lab = {
    world: loaded,
    accounts,
    anchor,
    userOf,
    call: (method, request, options) => lab.callAs(anchor, method, request, options),
    async callAs(account, method, request = {}, options = {}) {
      const run = WORLD_HALF.methods[method];
      if (!run) throw new Error(`no method ${method}`);
      const call: CallContext = {
        ...context,
        account,
        authorizationId: 1n,
        layer: 198,
        takeBudget: () => {},
        shortPage: false,
        ...options,
      };
      return run({ _: method, ...request }, call);
    },
    async refusal(method, request, account = anchor) {
      try {
        await lab.callAs(account, method, request);
      } catch (error) {
        if (error instanceof RpcError) return `${error.code} ${error.message}`;
        throw error;
      }
      return "no refusal";
    },
    change: (body) => WORLD_HALF.change(body, context),
    inputUser: (user, viewer = anchor) => ({
      _: "inputUser",
      user_id: BigInt(user.id),
      access_hash: hashFor(viewer, "user", user.id),
    }),
    inputChannel: (group, viewer = anchor) => ({
      _: "inputChannel",
      channel_id: BigInt(group.id),
      access_hash: hashFor(viewer, "channel", group.id),
    }),
    inputPeer: (group, viewer = anchor) =>
      group.kind === "basic"
        ? { _: "inputPeerChat", chat_id: BigInt(group.id) }
        : {
            _: "inputPeerChannel",
            channel_id: BigInt(group.id),
            access_hash: hashFor(viewer, "channel", group.id),
          },
    told: () => sent.splice(0),
  };
  return lab;
}
