import type { MethodRegistry } from "#sandbox/telegram/method.ts";
import { sharedGroups } from "#sandbox/telegram/methods/shared-groups.ts";
import { describeGroup, mayLook, peerOfGroup, userId } from "#sandbox/telegram/methods/group-objects.ts";
import { findUser, openUser, viewerOf } from "#sandbox/telegram/methods/inputs.ts";
import { forgetUser } from "#sandbox/telegram/methods/telegram-state.ts";
import { describeUser, describeUsers } from "#sandbox/telegram/methods/user-objects.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import { textOf } from "#sandbox/telegram/methods/request-text.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { World } from "#sandbox/world/model.ts";

/** users.* and contacts.*, as documented at core.telegram.org/methods#working-with-users (checked 2026-11). */
export const USER_METHODS: MethodRegistry = {
  // Somebody the asker may not know answers as userEmpty instead of failing the whole call.
  "users.getUsers": (request, call) =>
    (request["id"] as readonly TlObject[]).map((input) => {
      const user = findUser(call, input);
      if (user) return describeUser(call, user.index, viewerOf(call).index);
      return { _: "userEmpty", id: input["user_id"] ?? 0n };
    }),

  "users.getFullUser": (request, call) => {
    const user = openUser(call, request["id"] as TlObject);
    const viewer = viewerOf(call);
    return {
      _: "users.userFull",
      full_user: {
        _: "userFull",
        id: BigInt(user.id),
        settings: { _: "peerSettings" },
        notify_settings: { _: "peerNotifySettings" },
        bot_info: user.isBot ? { _: "botInfo", user_id: BigInt(user.id) } : undefined,
        common_chats_count: user === viewer ? 0 : sharedGroups(call.world, viewer.index, user.index).length,
      },
      chats: [],
      users: [describeUser(call, user.index, viewer.index)],
    };
  },

  "contacts.resolveUsername": (request, call) => {
    const name = (request["username"] as string).replace(/^@/, "");
    if (!/^[a-z][a-z0-9_]{3,31}$/i.test(name)) throw new RpcError(400, "USERNAME_INVALID");
    const found = call.world.telegram.usernames.get(name.toLowerCase());
    const viewer = viewerOf(call).index;
    const deleted = found && ("user" in found ? found.user.isDeleted : found.group.isDeleted);
    if (!found || deleted) throw new RpcError(400, "USERNAME_NOT_OCCUPIED");
    return "user" in found
      ? {
          _: "contacts.resolvedPeer",
          peer: { _: "peerUser", user_id: BigInt(found.user.id) },
          chats: [],
          users: [describeUser(call, found.user.index, viewer)],
        }
      : {
          _: "contacts.resolvedPeer",
          peer: peerOfGroup(found.group),
          chats: [describeGroup(call.world, found.group, viewer)],
          users: [],
        };
  },

  "contacts.getContacts": (_request, call) => {
    const { contacts } = call.world.telegram;
    const viewer = viewerOf(call).index;
    const own = [...(contacts.get(viewer) ?? [])];
    return {
      _: "contacts.contacts",
      contacts: own.map((user) => ({
        _: "contact",
        user_id: userId(call.world, user),
        mutual: contacts.get(user)?.has(viewer) ?? false,
      })),
      saved_count: own.length,
      users: describeUsers(call, own, viewer),
    };
  },

  "contacts.search": (request, call) => {
    const { telegram } = call.world;
    const wanted = (request["q"] as string).trim().toLowerCase();
    if (wanted === "") throw new RpcError(400, "SEARCH_QUERY_EMPTY");
    if (wanted.length < 3) throw new RpcError(400, "QUERY_TOO_SHORT");
    const limit = Math.min(Math.max(1, Number(request["limit"])), 50);
    const viewer = viewerOf(call).index;
    const own = telegram.contacts.get(viewer) ?? new Set<number>();
    const named = telegram.users.filter(
      (user) => !user.isDeleted && `${user.firstName} ${user.lastName ?? ""}`.toLowerCase().includes(wanted),
    );
    const mine = named.filter((user) => own.has(user.index)).slice(0, limit);
    // Strangers and public groups are found by their public name only.
    const publicOnes = [...telegram.usernames]
      .filter(([name]) => name.startsWith(wanted))
      .map(([, owner]) => owner)
      .slice(0, limit);
    const strangers = publicOnes.flatMap((one) =>
      "user" in one && !mine.includes(one.user) ? [one.user] : [],
    );
    const groups = publicOnes.flatMap((one) =>
      "group" in one && mayLook(one.group, viewer) ? [one.group] : [],
    );
    const peers = (users: readonly { readonly id: number }[]): TlObject[] =>
      users.map((user) => ({ _: "peerUser", user_id: BigInt(user.id) }));
    return {
      _: "contacts.found",
      my_results: peers(mine),
      results: [...peers(strangers), ...groups.map(peerOfGroup)],
      chats: groups.map((group) => describeGroup(call.world, group, viewer)),
      users: describeUsers(
        call,
        [...mine, ...strangers].map((user) => user.index),
        viewer,
      ),
    };
  },

  "contacts.importContacts": (request, call) => {
    const { world } = call;
    const viewer = viewerOf(call).index;
    const imported: TlObject[] = [];
    const users: number[] = [];
    for (const contact of request["contacts"] as readonly TlObject[]) {
      const phone = textOf(contact, "phone").replaceAll(/\D/g, "");
      const person = world.people.find((one) => call.accountOf(one)?.phone === phone);
      const user = person && world.telegram.userById.get(person.telegramUserId ?? -1);
      if (!user) continue;
      addContact(world, viewer, user.index);
      imported.push({ _: "importedContact", user_id: BigInt(user.id), client_id: contact["client_id"] });
      users.push(user.index);
    }
    return {
      _: "contacts.importedContacts",
      imported,
      popular_invites: [],
      retry_contacts: [],
      users: describeUsers(call, users, viewer),
    };
  },

  "contacts.addContact": (request, call) => {
    const user = openUser(call, request["id"] as TlObject);
    const viewer = viewerOf(call).index;
    if (user.index === viewer) throw new RpcError(400, "CONTACT_ID_INVALID");
    if (request["first_name"] === "") throw new RpcError(400, "CONTACT_NAME_EMPTY");
    addContact(call.world, viewer, user.index);
    const peer = { _: "peerUser", user_id: BigInt(user.id) };
    const update = { _: "updatePeerSettings", peer, settings: { _: "peerSettings" } };
    return call.updates.answer([update], [describeUser(call, user.index, viewer)], []);
  },
};

function addContact(world: World, owner: number, user: number): void {
  const { contacts } = world.telegram;
  contacts.set(owner, (contacts.get(owner) ?? new Set()).add(user));
  forgetUser(world, user);
  forgetUser(world, owner);
}
