import { expect, test } from "vitest";
import {
  type ChatEvidence,
  type ChatToProve,
  chooseNext,
  judgeRoster,
  planProof,
  type ProofKind,
} from "#main/features/coverage/policy/telegram-proof.ts";
import { failure } from "#shared/domain/failure.ts";

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

/** What may be asked, and about whom first. */
function plan(change: Partial<ChatEvidence>, prefersRoster = false): string {
  const planned = planProof({ ...CHAT, ...change }, prefersRoster);
  return planned === null ? "nothing" : `${planned.by.join(" or ")}, ${planned.userId} of ${planned.open}`;
}

const two = { listedUnseen: ["a", "b"] };
const three = { listedUnseen: ["a", "b", "c"] };

test.each<[string, string, string]>([
  ["nobody is open", plan({}), "nothing"],
  ["a listing speaks for a basic group", plan({ ...two, kind: "basic" }), "nothing"],
  [
    "nobody's listing was read of a basic group",
    plan({ unlistedUnseen: ["a"], kind: "basic" }),
    "roster, a of 1",
  ],
  ["a listing speaks for a group that shows its members", plan({ ...two, membersHidden: false }), "nothing"],
  ["one person is open", plan({ listedUnseen: ["a"] }), "person, a of 1"],
  ["several are open", plan(three), "facts or person, a of 3"],
  ["an admin's group", plan({ ...three, isAdmin: true }), "facts or roster or person, a of 3"],
  [
    "an admin's large group",
    plan({ ...three, isAdmin: true, memberCount: 9_000 }),
    "facts or person, a of 3",
  ],
  ["members are hidden", plan({ ...three, membersHidden: true, gap: "members-hidden" }), "person, a of 3"],
  [
    "members are hidden from others than us",
    plan({ ...three, membersHidden: true, isAdmin: true }),
    "roster or person, a of 3",
  ],
  ["a list fell short", plan({ ...three, isAdmin: true, gap: "roster-incomplete" }), "person, a of 3"],
  ["the group is gone", plan({ ...three, unreadable: failure("telegram/group-not-found") }), "nothing"],
  [
    "more are open than are asked about one by one",
    plan({ listedUnseen: Array.from({ length: 51 }, (_, at) => `p${at}`) }),
    "facts, p0 of 51",
  ],
  ["roster, no admin", plan({ unlistedUnseen: ["a", "b"] }, true), "facts, a of 2"],
  [
    "roster, described",
    plan({ unlistedUnseen: ["a"], membersHidden: false, memberCount: 9 }, true),
    "roster, a of 1",
  ],
  ["roster, admin", plan({ unlistedUnseen: ["a"], isAdmin: true }, true), "roster, a of 1"],
  [
    "roster, more members than can be listed",
    plan({ unlistedUnseen: ["a", "b"], membersHidden: false, memberCount: 12_000 }, true),
    "person, a of 2",
  ],
])("when %s", (_evidence, planned, expected) => {
  expect(planned).toBe(expected);
});

interface Named extends ChatToProve {
  readonly name: string;
}

function waiting(name: string, open: number, by: readonly ProofKind[], pages = 1): Named {
  return { name, open, by, pages, userId: "a" };
}

/** So many groups that only a description, or people one by one, would settle. */
function queue(count: number): Named[] {
  return Array.from({ length: count }, (_, at) => waiting(`queued ${at}`, 5, ["facts", "person"]));
}

const shared = [
  waiting("one", 1, ["person"]),
  waiting("two", 2, ["facts", "person"]),
  waiting("admin's large", 4, ["facts", "roster", "person"], 3),
  waiting("admin's small", 3, ["facts", "roster", "person"]),
  waiting("six", 6, ["facts", "person"]),
];

test.each<[string, ProofKind, readonly Named[], string | null]>([
  ["a description goes to the group with the most open people", "facts", shared, "six"],
  ["a single person is asked about where only one is open", "person", shared, "one"],
  ["nobody is asked about one by one while descriptions are soon through", "person", shared.slice(1), null],
  ["a member list is not read while descriptions are soon through", "roster", shared, null],
  [
    "where many wait for a description, two people are asked about in the place of one",
    "person",
    [...shared.slice(1), ...queue(4)],
    "two",
  ],
  [
    "three people are not asked about in the place of a description",
    "person",
    [waiting("three", 3, ["facts", "person"]), ...queue(30)],
    null,
  ],
  ["and the shortest list is read", "roster", [...shared, ...queue(4)], "admin's small"],
  ["what only a list settles is read whatever waits", "roster", [waiting("basic", 2, ["roster"])], "basic"],
  [
    "an admin's hidden group is read, not asked about",
    "person",
    [waiting("hidden", 2, ["roster", "person"])],
    null,
  ],
  ["nothing waits", "facts", [], null],
])("%s", (_rule, kind, groups, chosen) => {
  expect(chooseNext(kind, groups)?.name ?? null).toBe(chosen);
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
      const plan = planProof(chat, prefersRoster);
      if (plan === null) break;
      // Whichever kind of call has room.
      const kind = plan.by[Math.floor(random() * plan.by.length)];
      if (kind === "facts") {
        const gap = hides && !isAdmin ? ("members-hidden" as const) : chat.gap;
        chat = { ...chat, memberCount: members, membersHidden: hides, gap };
      } else if (kind === "roster") {
        for (const person of open) if (person.isMember && (isShown || person.isAdmin)) open.delete(person);
        const counted = isShown ? members : 1;
        chat = { ...chat, ...judgeRoster({ counted, total: counted }, chat) };
      } else {
        const person = people.find(({ id }) => id === plan.userId);
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
