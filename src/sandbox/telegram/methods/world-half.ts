import type { TelegramAccount, WorldHalf } from "#sandbox/telegram/method.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import { ImpossibleChange } from "#sandbox/world/changes.ts";
import type { World } from "#sandbox/world/model.ts";

/** People, chats and messages behind the API: what startSandbox plugs into the protocol half. */
export const WORLD_HALF: WorldHalf = {
  methods: {
    "users.getUsers": (_request, call) => [describeUser(call.world, call.account, call.account)],
    "users.getFullUser": (_request, call) => ({
      _: "users.userFull",
      full_user: {
        _: "userFull",
        id: call.account.userId,
        settings: { _: "peerSettings" },
        notify_settings: { _: "peerNotifySettings" },
        common_chats_count: 0,
      },
      chats: [],
      users: [describeUser(call.world, call.account, call.account)],
    }),
  },
  describeUser,
  openChannel: () => {
    throw new RpcError(400, "CHANNEL_INVALID");
  },
  change: () => {
    throw new ImpossibleChange("this world has no Telegram groups");
  },
};

function describeUser(_world: World, account: TelegramAccount, viewer: TelegramAccount): TlObject {
  const [first = "", ...rest] = account.person.name.split(" ");
  const isSelf = account.userId === viewer.userId;
  return {
    _: "user",
    self: isSelf,
    bot: account.isBot,
    id: account.userId,
    access_hash: account.userId * 7_919n,
    first_name: first,
    last_name: rest.length > 0 ? rest.join(" ") : undefined,
    username: account.person.telegramUsername ?? undefined,
    phone: isSelf ? (account.phone ?? undefined) : undefined,
    bot_info_version: account.isBot ? 1 : undefined,
  };
}
