import { expect, test } from "vitest";
import {
  type ChatEvidence,
  decideProof,
  judgeRoster,
  type ProofLoad,
} from "#main/features/coverage/policy/telegram-proof.ts";
import { failure } from "#shared/domain/failure.ts";

const IDLE: ProofLoad = { facts: 0, roster: 0, person: 0 };

const CHAT: ChatEvidence = {
  kind: "supergroup",
  memberCount: null,
  membersHidden: null,
  isAdmin: false,
  rosterComplete: false,
  gap: null,
  unreadable: null,
  listedUnseen: [],
  unlistedUnseen: [],
};

function ask(change: Partial<ChatEvidence>, load: Partial<ProofLoad> = {}, prefersRoster = false): string {
  const step = decideProof({ ...CHAT, ...change }, { ...IDLE, ...load }, prefersRoster);
  return step.ask === "person" ? `person ${step.userId}` : step.ask;
}

const two = { listedUnseen: ["a", "b"] };
const three = { listedUnseen: ["a", "b", "c"] };

test.each<[string, string, string]>([
  ["nobody is open", ask({}), "nothing"],
  ["a listing speaks for a basic group", ask({ ...two, kind: "basic" }), "nothing"],
  ["nobody's listing was read of a basic group", ask({ unlistedUnseen: ["a"], kind: "basic" }), "roster"],
  ["a listing speaks for a group that shows its members", ask({ ...two, membersHidden: false }), "nothing"],
  ["one person is open", ask({ listedUnseen: ["a"] }), "person a"],
  ["several are open", ask(three), "facts"],
  ["two are open and descriptions are in demand", ask(two, { facts: 12, person: 2 }), "person a"],
  ["two are open and everything is in demand", ask(two, { facts: 12, person: 20 }), "facts"],
  ["three are open and descriptions are in demand", ask(three, { facts: 40 }), "facts"],
  ["an admin's group, descriptions in demand", ask({ ...three, isAdmin: true }, { facts: 5 }), "roster"],
  ["an admin's large group", ask({ ...three, isAdmin: true, memberCount: 9_000 }, { facts: 5 }), "facts"],
  ["members are hidden", ask({ ...three, membersHidden: true, gap: "members-hidden" }), "person a"],
  ["members are hidden from others than us", ask({ ...three, membersHidden: true, isAdmin: true }), "roster"],
  ["a list fell short", ask({ ...three, isAdmin: true, gap: "roster-incomplete" }), "person a"],
  ["the group is gone", ask({ ...three, unreadable: failure("telegram/group-not-found") }), "nothing"],
  ["roster, no admin", ask({ unlistedUnseen: ["a", "b"] }, {}, true), "facts"],
  [
    "roster, described",
    ask({ unlistedUnseen: ["a"], membersHidden: false, memberCount: 9 }, {}, true),
    "roster",
  ],
  ["roster, admin", ask({ unlistedUnseen: ["a"], isAdmin: true }, {}, true), "roster"],
  [
    "roster, more members than can be listed",
    ask({ unlistedUnseen: ["a", "b"], membersHidden: false, memberCount: 12_000 }, {}, true),
    "person a",
  ],
])("when %s", (_evidence, asked, expected) => {
  expect(asked).toBe(expected);
});

test("a member list proves absences only when it is whole and not the list of admins", () => {
  const judged = (
    [
      [
        { counted: 5, total: 5 },
        { ...CHAT, kind: "basic" as const },
      ],
      [
        { counted: 5, total: 5 },
        { ...CHAT, isAdmin: true },
      ],
      [
        { counted: 5, total: 5 },
        { ...CHAT, isAdmin: true, membersHidden: true },
      ],
      [
        { counted: 5, total: 5 },
        { ...CHAT, memberCount: 5 },
      ],
      [{ counted: 5, total: 5 }, CHAT],
      [
        { counted: 5, total: 5 },
        { ...CHAT, memberCount: 9_000 },
      ],
      [
        { counted: 5, total: 6 },
        { ...CHAT, isAdmin: true },
      ],
      [
        { counted: 5, total: 5 },
        { ...CHAT, memberCount: 9_000, membersHidden: true },
      ],
      [
        { counted: 10_000, total: 10_000 },
        { ...CHAT, isAdmin: true },
      ],
    ] as const
  ).map(([read, chat]) => judgeRoster(read, chat).gap ?? "proven");
  expect(judged).toEqual([
    "proven",
    "proven",
    "proven",
    "proven",
    "roster-incomplete",
    "roster-incomplete",
    "roster-incomplete",
    "members-hidden",
    "roster-incomplete",
  ]);
});

test("over random groups, asking comes to an end, and claims no absence that is none", () => {
  const random = seeded(5);
  const flip = () => random() < 0.5;
  const wrong: object[] = [];
  let longest = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const people = Array.from({ length: 1 + Math.floor(random() * 8) }, (_, at) => ({
      id: `p${at}`,
      isMember: flip(),
      isAdmin: random() < 0.2,
      isListed: flip(),
    }));
    const others = Math.floor(random() * 3_000);
    const hides = flip();
    const allowsAsking = flip();
    const prefersRoster = flip();
    const isBasic = random() < 0.2;
    const isAdmin = flip();
    const isShown = isBasic || isAdmin || !hides;
    const members = 1 + others + people.filter((person) => person.isMember).length;
    const open = new Set(people.filter((person) => !(person.isMember && isShown && person.isListed)));
    const denied = new Set<object>();
    let chat: ChatEvidence = {
      ...CHAT,
      kind: isBasic ? "basic" : "supergroup",
      memberCount: isBasic ? members : null,
      membersHidden: isBasic ? false : null,
      isAdmin,
    };
    let asked = 0;
    for (; asked < 100; asked += 1) {
      const unseen = [...open].filter((person) => !denied.has(person));
      chat = {
        ...chat,
        listedUnseen: unseen.filter((person) => person.isListed).map(({ id }) => id),
        unlistedUnseen: unseen.filter((person) => !person.isListed).map(({ id }) => id),
      };
      const load = { facts: Math.floor(random() * 30), roster: Math.floor(random() * 30), person: 0 };
      const step = decideProof(chat, load, prefersRoster);
      if (step.ask === "nothing") break;
      if (step.ask === "facts") {
        const gap = hides && !isAdmin ? ("members-hidden" as const) : chat.gap;
        chat = { ...chat, memberCount: members, membersHidden: hides, gap };
      } else if (step.ask === "roster") {
        for (const person of open) if (person.isMember && (isShown || person.isAdmin)) open.delete(person);
        const counted = isShown ? members : 1;
        chat = { ...chat, ...judgeRoster({ counted, total: counted }, chat) };
      } else {
        const person = people.find(({ id }) => id === step.userId);
        if (!isShown && !allowsAsking) chat = { ...chat, unreadable: failure("telegram/not-allowed") };
        else if (person?.isMember) open.delete(person);
        else if (person) denied.add(person);
      }
    }
    longest = Math.max(longest, asked);
    for (const person of open) {
      const listingProves = person.isListed && (isBasic || chat.membersHidden === false);
      const isAbsent = denied.has(person) || chat.rosterComplete || listingProves;
      if (isAbsent && person.isMember) wrong.push({ chat, person });
    }
  }
  expect({ wrong, endsSoon: longest <= 12 }).toEqual({ wrong: [], endsSoon: true });
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
