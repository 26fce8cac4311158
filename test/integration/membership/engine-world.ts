import { writeFileSync } from "node:fs";
import path from "node:path";
import { startSandbox, type Sandbox } from "#sandbox/start-sandbox.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";

/** A world small enough to be known by heart: `me` holds the accounts, the others are put in and taken out. */
const WORLD = {
  version: 1,
  people: [
    { id: "me", name: "Me Myself", role: "BD", tokenOwner: true },
    { id: "ann", name: "Ann Example", role: "BD" },
    { id: "bob", name: "Bob Example", role: "BD" },
    { id: "cat", name: "Cat Example", role: "BD" },
    { id: "shy", name: "Shy Example", telegram: { invitePrivacy: "nobody" } },
    { id: "left", name: "Left Example", deactivated: true },
  ],
  channels: [
    { name: "general", general: true, members: "*" },
    { name: "bitsafe-acme", members: ["me", "cat"] },
    { name: "bitsafe-globex", private: true, members: ["me", "cat"] },
    { name: "bitsafe-initech", members: ["me"] },
    { name: "bitsafe-old", archived: true, members: ["me"] },
  ],
  telegramGroups: [
    group("Acme", ["me", "cat"]),
    group("Globex", ["me", "cat"], { kind: "basic" }),
    group("Initech", ["me"], { historyHidden: true }),
    group("Umbrella", ["me", "shy", "cat"]),
    // So that the account has met everybody.
    group("Everybody", ["me", "ann", "bob", "cat", "shy"]),
  ],
};

function group(title: string, members: readonly string[], rest: object = {}) {
  return { title: `${title} <> BitSafe`, kind: "supergroup", members, owner: "me", ...rest };
}

export function writeWorldFile(): string {
  const file = path.join(makeTemporaryFolder(), "world.json");
  writeFileSync(file, JSON.stringify(WORLD));
  return file;
}

export async function startEngineSandbox(): Promise<Sandbox> {
  return startSandbox({ world: writeWorldFile(), limits: false });
}

type Truth = ReturnType<Sandbox["control"]["truth"]>;

/** Words for what is in the sandbox, by the ids of the file. */
export interface KnownWorld {
  readonly slackUser: (person: string) => string;
  readonly telegramUser: (person: string) => string;
  readonly groupId: (platform: "slack" | "telegram", name: string) => string;
  /** Who is in a group now, in alphabetical order. */
  readonly members: (platform: "slack" | "telegram", name: string) => string[];
  readonly names: (platform: "slack" | "telegram") => string[];
}

export function knowWorld(truth: () => Truth): KnownWorld {
  const personOf = (id: string) => {
    const person = truth().people.find((candidate) => candidate.id === id);
    if (!person) throw new Error(`nobody is called ${id}`);
    return person;
  };
  const groupOf = (platform: "slack" | "telegram", name: string) => {
    const found = truth().groups.find(
      (candidate) => candidate.platform === platform && candidate.name.startsWith(name),
    );
    if (!found) throw new Error(`no group is called ${name}`);
    return found;
  };
  return {
    slackUser: (person) => personOf(person).slackUserId,
    telegramUser: (person) => String(personOf(person).telegramUserId),
    groupId: (platform, name) => groupOf(platform, name).id,
    members(platform, name) {
      const { memberIds } = groupOf(platform, name);
      return truth()
        .people.filter((person) =>
          memberIds.includes(platform === "slack" ? person.slackUserId : String(person.telegramUserId)),
        )
        .map(({ id }) => id)
        .toSorted();
    },
    names: (platform) =>
      truth()
        .groups.filter((candidate) => candidate.platform === platform)
        .map(({ name }) => name)
        .toSorted(),
  };
}
