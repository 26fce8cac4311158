import type { ChangeContext } from "#sandbox/telegram/method.ts";
import { readChange, type ReadChange } from "#sandbox/telegram/methods/change-reading.ts";
import {
  addMembers,
  deleteGroup,
  removeMember,
  renameGroup,
  touchGroup,
  type Actor,
} from "#sandbox/telegram/methods/group-actions.ts";
import { isBanned } from "#sandbox/telegram/methods/group-objects.ts";
import { makeGroup, migrateGroup } from "#sandbox/telegram/methods/new-groups.ts";
import { accountsOf, postToGroup } from "#sandbox/telegram/methods/publishing.ts";
import { forgetGroup, forgetUser } from "#sandbox/telegram/methods/telegram-state.ts";
import { describeUser, userOfAccount } from "#sandbox/telegram/methods/user-objects.ts";
import { ImpossibleChange } from "#sandbox/world/changes.ts";
import { FOLDER_MOST } from "#sandbox/world/telegram-generate.ts";
import type { AdminRight, TelegramGroup, TelegramUser } from "#sandbox/world/telegram-model.ts";

/**
 * What people do in Telegram while our product is not looking. The control API's body is `{ kind, … }`:
 * `rename-group` group title · `add-member`, `remove-member`, `ban-member` group user [by] · `delete-group` group ·
 * `migrate-group` group · `create-group` title members [groupKind owner] · `hide-members`, `hide-history` group on ·
 * `restrict-members` group rights (what members may not do) · `set-admin` group user rights (none: no administrator any more) · `set-owner` group user ·
 * `post-message` group user text · `move-username` username user · `rename-user` user name ·
 * `delete-account` user · `set-privacy` user privacy · `set-contact` user other on (whom a user knows) ·
 * `fill-channels` user on (in as many as Telegram allows) · `flood-account` user on (PEER_FLOOD) · `set-folder` title groups ·
 * `set-trait` trait value.
 * Groups go by client id or marked id, users by Telegram id or person id; `by` is who does it, otherwise the owner.
 */
export function changeWorld(body: unknown, context: ChangeContext): void {
  const change = readChange(body, context.world);
  const run = CHANGES[change.kind];
  if (!run) throw new ImpossibleChange(`kind must be one of ${Object.keys(CHANGES).join(", ")}`);
  run(change, context);
}

const CHANGES: Readonly<Record<string, (change: ReadChange, context: ChangeContext) => void>> = {
  "rename-group": (change, context) => {
    const group = change.group();
    renameGroup(context, group, change.text("title"), actorIn(group, change));
  },
  "add-member": (change, context) => {
    const group = change.group();
    const user = change.user();
    if (group.members.has(user.index)) throw new ImpossibleChange(`${user.id} is in ${group.id} already`);
    if (isBanned(group, user.index)) group.bans.delete(user.index);
    addMembers(context, group, [user.index], actorIn(group, change));
  },
  "remove-member": (change, context) => {
    const group = change.group();
    const user = member(group, change.user());
    // Without `by` people leave by themselves.
    removeMember(context, group, user, change.has("by") ? actorIn(group, change) : { user, account: null });
  },
  "ban-member": (change, context) => {
    const group = change.group();
    const actor = actorIn(group, change);
    const ban = { rights: ["view_messages"], by: actor.user, dateS: context.nowS, untilS: 2_147_483_647 };
    removeMember(context, group, change.user().index, actor, ban);
  },
  "delete-group": (change, context) => {
    deleteGroup(context, change.group());
  },
  "migrate-group": (change, context) => {
    const group = change.group();
    if (group.kind !== "basic") throw new ImpossibleChange(`${group.id} is no basic group`);
    migrateGroup(context, group, actorIn(group, change));
  },
  "create-group": (change, context) => {
    const members = change.users("members").map((user) => user.index);
    const creator = change.has("owner") ? change.user("owner").index : members[0];
    if (creator === undefined) throw new ImpossibleChange("create-group needs members");
    const kind = change.choice("groupKind", ["supergroup", "basic", "forum", "channel"] as const);
    const title = change.text("title");
    const group = makeGroup(context.world, {
      kind,
      title,
      about: "",
      creator,
      members: [...members, creator],
      nowS: context.nowS,
    });
    const { telegram } = context.world;
    (kind === "basic" ? telegram.chats : telegram.channels).set(group.id, group);
    const action = { kind: "created" as const, title, ...(kind === "basic" && { users: members }) };
    touchGroup(context, group);
    postToGroup(context, group, { dateS: context.nowS, from: creator, text: "", action }, null);
  },
  "hide-members": (change, context) => {
    const group = change.group();
    group.participantsHidden = change.flag("on", true);
    touchGroup(context, group);
  },
  "hide-history": (change, context) => {
    const group = change.group();
    group.historyHidden = change.flag("on", true);
    touchGroup(context, group);
  },
  "restrict-members": (change, context) => {
    const group = change.group();
    group.defaultBans = change.list("rights");
    touchGroup(context, group);
  },
  "set-admin": (change, context) => {
    const group = change.group();
    const user = member(group, change.user());
    const rights = change.list("rights") as AdminRight[];
    if (rights.length === 0) group.admins.delete(user);
    else
      group.admins.set(user, { rights, promotedBy: group.creator ?? user, dateS: context.nowS, rank: null });
    touchGroup(context, group);
  },
  "set-owner": (change, context) => {
    const group = change.group();
    group.creator = member(group, change.user());
    group.admins.delete(group.creator);
    touchGroup(context, group);
  },
  "post-message": (change, context) => {
    const group = change.group();
    const from = member(group, change.user());
    postToGroup(context, group, { dateS: context.nowS, from, text: change.text("text") }, null);
  },
  "move-username": (change, context) => {
    const { usernames } = context.world.telegram;
    const name = change.text("username").replace(/^@/, "");
    const before = usernames.get(name.toLowerCase());
    const user = change.user();
    if (before && "user" in before) rename(context, before.user, { username: null });
    if (before && "group" in before) {
      before.group.username = null;
      forgetGroup(context.world, before.group);
    }
    rename(context, user, { username: name });
  },
  "rename-user": (change, context) => {
    const [first = "", ...rest] = change.text("name").split(" ");
    rename(context, change.user(), { firstName: first, lastName: rest.length > 0 ? rest.join(" ") : null });
  },
  "delete-account": (change, context) => {
    const user = change.user();
    user.isDeleted = true;
    rename(context, user, { username: null });
  },
  "set-privacy": (change) => {
    change.user().invitePrivacy = change.choice("privacy", ["everybody", "contacts", "nobody"] as const);
  },
  "set-contact": (change, context) => {
    const { contacts } = context.world.telegram;
    const { index } = change.user();
    const own = contacts.get(index) ?? new Set();
    contacts.set(index, own);
    if (change.flag("on", true)) own.add(change.user("other").index);
    else own.delete(change.user("other").index);
  },
  "fill-channels": (change) => {
    change.user().inTooManyChannels = change.flag("on", true);
  },
  "flood-account": (change, context) => {
    const { flooded } = context.world.telegram;
    const { index } = change.user();
    if (change.flag("on", true)) flooded.add(index);
    else flooded.delete(index);
  },
  "set-folder": (change, context) => {
    const { telegram } = context.world;
    if (telegram.anchor === null) throw new ImpossibleChange("the anchor is not on Telegram");
    const title = change.text("title");
    const groupIds = change
      .groups("groups")
      .map((group) => group.id)
      .slice(0, FOLDER_MOST);
    const folders = telegram.folders.get(telegram.anchor) ?? [];
    telegram.folders.set(telegram.anchor, folders);
    const known = folders.find((folder) => folder.title === title);
    const id = Math.max(1, ...folders.map((folder) => folder.id)) + 1;
    if (known) known.groupIds = groupIds;
    else folders.push({ id, title, groupIds, allGroups: false, allChannels: false });
  },
  "set-trait": (change, context) => {
    const { traits } = context.world.telegram;
    const name = change.choice("trait", [
      "commonChatsShowHidden",
      "hiddenPointLookup",
      "recentFirstPageOnly",
      "peerFloodAfter",
      "peerFloodAfterWaits",
    ] as const);
    if (name === "peerFloodAfter" || name === "peerFloodAfterWaits")
      traits[name] = change.countOrNull("value");
    else traits[name] = change.flag("value", true);
  },
};

/** Who does something to a group from behind the scenes. */
function actorIn(group: TelegramGroup, change: ReadChange): Actor {
  const user = change.has("by") ? change.user("by").index : (group.creator ?? group.members.indices[0] ?? 0);
  return { user, account: null };
}

function member(group: TelegramGroup, user: TelegramUser): number {
  if (!group.members.has(user.index)) throw new ImpossibleChange(`${user.id} is not in ${group.id}`);
  return user.index;
}

/** Changes names of a user and tells everybody who shares a group or keeps them as a contact. */
function rename(
  context: ChangeContext,
  user: TelegramUser,
  names: Partial<Pick<TelegramUser, "username" | "firstName" | "lastName">>,
): void {
  const { telegram } = context.world;
  if (user.username !== null && names.username !== undefined)
    telegram.usernames.delete(user.username.toLowerCase());
  Object.assign(user, names);
  if (user.person) user.person.telegramUsername = user.username;
  if (user.username !== null) telegram.usernames.set(user.username.toLowerCase(), { user });
  forgetUser(context.world, user.index);
  const concerned = telegram.users.filter((other) => other.person?.team === true || other === user);
  const update = {
    _: "updateUserName",
    user_id: BigInt(user.id),
    first_name: user.firstName,
    last_name: user.lastName ?? "",
    usernames:
      user.username === null
        ? []
        : [{ _: "username", editable: true, active: true, username: user.username }],
  };
  context.updates.announce(
    accountsOf(
      context,
      concerned.map((one) => one.index),
    ),
    {
      update: () => update,
      users: (viewer) => [describeUser(context, user.index, userOfAccount(context.world, viewer).index)],
    },
  );
}
