import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Random } from "#sandbox/world/random.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { groupKeyOf, telegramGroupKeyOf } from "#shared/domain/ids.ts";
import { OperationRequest } from "#shared/domain/operation.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";

const PEOPLE = ["ann", "bob", "cat", "dan", "eve"];
const CUSTOMERS = ["acme", "globex", "initech", "umbrella", "hooli", "stark"];

/** Writes a small world at random: who is where, which channels are archived, which groups are not ours. */
export function writeChaosWorld(random: Random): string {
  const some = () => PEOPLE.filter(() => random.chance(0.45));
  const slack = CUSTOMERS.slice(0, 2 + random.int(4)).map((customer, at) => ({
    name: `bitsafe-${customer}`,
    private: random.chance(0.3),
    archived: at > 0 && random.chance(0.1),
    members: ["me", ...some()],
  }));
  const telegram = CUSTOMERS.slice(0, 2 + random.int(3)).map((customer) => {
    const members = some();
    // Somebody else's group: the account may be a plain member, or an administrator.
    const owner = random.chance(0.2) && members.length > 0 ? random.pick(members) : "me";
    const isAdmin = owner !== "me" && random.chance(0.5);
    const rights = ["change_info", "ban_users", "invite_users"];
    return {
      title: `${customer} <> BitSafe`,
      kind: random.chance(0.35) ? "basic" : "supergroup",
      members: ["me", ...members],
      owner,
      ...(isAdmin ? { admins: [{ person: "me", rights }] } : {}),
    };
  });
  const world = {
    version: 1,
    people: [
      { id: "me", name: "Me Myself", role: "BD", tokenOwner: true },
      ...PEOPLE.map((id) => ({ id, name: `${id} Example`, role: "BD" })),
      { id: "shy", name: "Shy Example", role: "BD", telegram: { invitePrivacy: "nobody" } },
      { id: "left", name: "Left Example", role: "BD", deactivated: true },
    ],
    channels: [{ name: "general", general: true, members: "*" }, ...slack],
    telegramGroups: [
      ...telegram,
      { title: "Everybody", kind: "supergroup", owner: "me", members: ["me", "shy", "left", ...PEOPLE] },
    ],
  };
  const file = path.join(makeTemporaryFolder(), "world.json");
  writeFileSync(file, JSON.stringify(world));
  return file;
}

/** Something an operator may ask for in that world, on both platforms. */
export function drawRequest(random: Random, { ready, control }: Sandbox): OperationRequest {
  const platforms = ["slack", "telegram"];
  const kind = random.pick(["add", "add", "remove", "remove", "rename"] as const);
  if (kind === "rename") {
    const rule = { by: "pattern", find: "bitsafe", isRegularExpression: false, ignoreCase: true };
    return OperationRequest.parse({
      kind,
      platforms,
      rule: { ...rule, replacement: "bs" },
      groups: { by: "all" },
    });
  }
  const keys = control
    .truth()
    .groups.filter(({ customer }) => customer)
    .map((group) =>
      group.platform === "slack"
        ? groupKeyOf("slack", ready.slack.teamId, group.id)
        : telegramGroupKeyOf(group.id, group.kind === "basic"),
    );
  const people = [...PEOPLE, "shy", "left"].filter(() => random.chance(0.4));
  const personIds = people.length > 0 ? people : ["ann"];
  const pairs = keys.flatMap((groupKey) =>
    personIds.filter(() => random.chance(0.7)).map((personId) => ({ groupKey, personId })),
  );
  const targets =
    random.chance(0.5) && pairs.length > 0
      ? { by: "pair", pairs }
      : { by: "cross", people: { by: "person", personIds }, groups: { by: "all" } };
  return OperationRequest.parse({ kind, platforms, targets });
}

const CHANGES = {
  slack: ["conversations.invite", "conversations.kick", "conversations.rename"],
  telegram: [
    "channels.inviteToChannel",
    "channels.editBanned",
    "channels.editTitle",
    "messages.addChatUser",
    "messages.deleteChatUser",
    "messages.editChatTitle",
  ],
};
const READINGS = {
  slack: ["conversations.members", "users.conversations", "conversations.info", "conversations.list"],
  telegram: [
    "channels.getParticipant",
    "messages.getFullChat",
    "channels.getFullChannel",
    "channels.getChannels",
    "messages.getChats",
  ],
};
/** What leaves open whether a change was made, twice as often as the rest. */
const KINDS = {
  slack: [
    ..."drop drop-after stall stall-after drop drop-after stall stall-after".split(" "),
    ..."ratelimit http500 http503 html cut-json error:fatal_error error:internal_error revoke".split(" "),
    "lose-scope:channels:write,groups:write,channels:manage,groups:manage",
  ],
  telegram: [
    ..."drop drop-after drop-mid-request stall stall-after drop drop-after stall-after".split(" "),
    ..."flood error:500:RPC_CALL_FAIL error:PEER_FLOOD change-salt revoke".split(" "),
  ],
};

/** Faults for one stage: mostly of changes, now and then of the readings that settle them. */
export function scriptFaults(random: Random, { control }: Sandbox): void {
  for (let left = random.int(6); left > 0; left -= 1) {
    const platform = random.pick(["slack", "telegram"] as const);
    const method = random.pick((random.chance(0.75) ? CHANGES : READINGS)[platform]);
    control.addFault({
      platform,
      method,
      kind: random.pick(KINDS[platform]),
      after: random.int(4),
      times: 1 + random.int(2),
      retryAfterS: 1 + random.int(2),
    });
  }
}

/** What somebody else does to one of the groups while the operation runs. */
export function interfere(random: Random, { control }: Sandbox): void {
  const { groups, people } = control.truth();
  const group = random.pick(groups.filter(({ customer }) => customer));
  const person = random.pick(people.filter(({ id }) => PEOPLE.includes(id)));
  const isRename = random.chance(0.3);
  if (group.platform === "slack") {
    const channel = group.id;
    const isIn = group.memberIds.includes(person.slackUserId);
    if (isRename) control.change({ kind: "rename-channel", channel, name: `theirs-${random.int(1_000)}` });
    else control.change({ kind: isIn ? "remove-member" : "add-member", channel, user: person.slackUserId });
    return;
  }
  if (isRename) {
    control.changeTelegram({ kind: "rename-group", group: group.id, title: `theirs ${random.int(1_000)}` });
    return;
  }
  const isIn = group.memberIds.includes(String(person.telegramUserId));
  if (isIn && group.memberIds.length < 3) return;
  control.changeTelegram({
    kind: isIn ? "remove-member" : "add-member",
    group: group.id,
    user: person.telegramUserId,
  });
}
