import { expect, test } from "vitest";
import {
  settlePresence,
  type GroupEvidence,
  type AccountEvidence,
} from "#main/features/coverage/policy/settle-presence.ts";
import { failure } from "#shared/domain/failure.ts";
import { UnknownReason } from "#shared/domain/presence.ts";

const GROUP: GroupEvidence = {
  platform: "slack",
  privacy: "public",
  isShared: false,
  ownerIsMember: null,
  seenInListing: false,
  rosterComplete: false,
  unreadable: null,
  kind: null,
  membersHidden: null,
  gap: null,
};
const PERSON: AccountEvidence = { userId: "U1", listingComplete: true, reason: null, isDenied: false };

function settle(
  group: Partial<GroupEvidence>,
  person: Partial<AccountEvidence> | null,
  sighted = false,
): string {
  const settled = settlePresence(sighted, { ...GROUP, ...group }, person ? [{ ...PERSON, ...person }] : []);
  return settled.reason ?? settled.presence;
}

const chat: Partial<GroupEvidence> = { platform: "telegram", privacy: "private", kind: "supergroup" };
const hidden: Partial<GroupEvidence> = { ...chat, membersHidden: true, gap: "members-hidden" };
const unread: Partial<AccountEvidence> = { listingComplete: false };

test.each<[string, string, string]>([
  ["a sighting", settle({}, { reason: "identity-not-found" }, true), "present"],
  ["a complete listing and a public group", settle({}, {}), "absent"],
  ["a private group with the owner in it", settle({ privacy: "private", ownerIsMember: true }, {}), "absent"],
  [
    "a private group without the owner",
    settle({ privacy: "private", ownerIsMember: false }, {}),
    "not-reached",
  ],
  [
    "a private group the owner has left since a listing named it",
    settle({ privacy: "private", ownerIsMember: false, seenInListing: true }, {}),
    "not-reached",
  ],
  ["a private group of unknown standing", settle({ privacy: "private" }, {}), "not-reached"],
  ["a shared group that no listing named", settle({ isShared: true }, {}), "not-reached"],
  ["a shared group that some listing named", settle({ isShared: true, seenInListing: true }, {}), "absent"],
  [
    "a complete roster of a private group",
    settle({ privacy: "private", rosterComplete: true }, unread),
    "absent",
  ],
  [
    "a complete roster and a deactivated account",
    settle({ rosterComplete: true }, { reason: "account-deactivated" }),
    "absent",
  ],
  [
    "a complete roster and a wrong id",
    settle({ rosterComplete: true }, { reason: "identity-not-found" }),
    "identity-not-found",
  ],
  [
    "no account recorded",
    settle({ rosterComplete: true }, { userId: "", reason: "no-identity" }),
    "no-identity",
  ],
  ["nobody asked", settle({}, null), "not-reached"],
  ["an unread listing", settle({}, unread), "not-reached"],
  [
    "a listing that broke off",
    settle({}, { ...unread, reason: "person-listing-incomplete" }),
    "person-listing-incomplete",
  ],
  [
    "an empty listing of a deactivated account",
    settle({}, { reason: "account-deactivated" }),
    "account-deactivated",
  ],
  ["a vanished group", settle({ unreadable: failure("slack/channel-not-found") }, unread), "group-vanished"],
  ["a forbidden group", settle({ unreadable: failure("slack/not-allowed") }, unread), "not-readable"],
  [
    "a roster that broke off",
    settle({ unreadable: failure("slack/bad-answer") }, unread),
    "roster-incomplete",
  ],
  ["the platform's own word", settle(hidden, { ...unread, isDenied: true }), "absent"],
  ["a listing and a basic group", settle({ ...chat, kind: "basic" }, {}), "absent"],
  ["a listing and a group nobody described", settle(chat, {}), "not-reached"],
  ["a listing and a group that shows its members", settle({ ...chat, membersHidden: false }, {}), "absent"],
  ["a listing and a group that hides its members", settle(hidden, {}), "members-hidden"],
  ["a list of admins alone", settle({ ...chat, gap: "roster-incomplete" }, unread), "roster-incomplete"],
  [
    "a hidden group that answers nothing",
    settle({ ...hidden, unreadable: failure("telegram/not-allowed") }, {}),
    "members-hidden",
  ],
  [
    "a hidden group that is gone",
    settle({ ...hidden, unreadable: failure("telegram/group-not-found") }, {}),
    "group-vanished",
  ],
  [
    "a forbidden group and a listing that speaks for it",
    settle({ unreadable: failure("slack/not-allowed") }, {}),
    "absent",
  ],
])("%s", (_evidence, settled, expected) => {
  expect(settled).toBe(expected);
});

test("of several accounts any makes a person present, and every one must be absent", () => {
  const group = { ...GROUP, rosterComplete: true };
  const wrongId = { ...PERSON, userId: "U2", reason: "identity-not-found" as const };
  const settled = [
    settlePresence(true, group, [PERSON, wrongId]),
    settlePresence(false, group, [PERSON, { ...PERSON, userId: "U2" }]),
    settlePresence(false, group, [PERSON, wrongId]),
  ];
  expect(settled.map(({ presence, reason }) => reason ?? presence)).toEqual([
    "present",
    "absent",
    "identity-not-found",
  ]);
});

/** A world of one group and one person, and what an honest platform would have shown of it. */
test("over random evidence, absence is never claimed without proof nor against the truth", () => {
  const random = seeded(11);
  const flip = () => random() < 0.5;
  const wrong: object[] = [];
  const counts: Record<string, number> = {};
  for (let round = 0; round < 50_000; round += 1) {
    const isMember = flip();
    const privacy = flip() ? ("private" as const) : ("public" as const);
    const ownerInside = flip();
    const isShared = flip();
    const listingsMissIt = isShared && flip();
    const listingComplete = flip();
    const rosterComplete = flip();
    const canList = (privacy === "public" || ownerInside) && !listingsMissIt;
    const sighted = isMember && ((listingComplete && canList) || rosterComplete);
    const reason = random() < 0.2 ? (UnknownReason.options[Math.floor(random() * 4)] ?? null) : null;
    const group: GroupEvidence = {
      ...GROUP,
      privacy,
      isShared,
      ownerIsMember: random() < 0.3 ? null : ownerInside,
      // Somebody else's listing can only have named it when listings do.
      seenInListing: canList && flip(),
      rosterComplete,
      unreadable: !rosterComplete && flip() ? failure("slack/not-allowed") : null,
    };
    const settled = settlePresence(sighted, group, [
      { userId: "U1", listingComplete, reason, isDenied: false },
    ]);
    counts[settled.presence] = (counts[settled.presence] ?? 0) + 1;
    const isProven = rosterComplete || (listingComplete && canList && reason === null);
    if (settled.presence === "absent" && (isMember || !isProven)) wrong.push({ group, settled });
    if (settled.presence === "present" && !isMember) wrong.push({ group, settled });
    if ((settled.presence === "unknown") !== (settled.reason !== null)) wrong.push({ settled });
  }
  const allHappened =
    Object.values(counts).every((count) => count > 1_000) && Object.keys(counts).length === 3;
  expect({ wrong, allHappened }).toEqual({ wrong: [], allHappened: true });
});

test("over random worlds, an inverse and a roster audit never contradict each other", () => {
  const random = seeded(23);
  const flip = () => random() < 0.5;
  const contradictions: string[] = [];
  for (let round = 0; round < 20_000; round += 1) {
    const isMember = flip();
    const base = { ...GROUP, privacy: flip() ? ("private" as const) : ("public" as const), isShared: flip() };
    const ownerIsMember = base.privacy === "private" ? flip() : null;
    const canList = base.privacy === "public" || ownerIsMember === true;
    const inverse = settlePresence(
      isMember && canList,
      { ...base, ownerIsMember, seenInListing: canList && (isMember || flip()) },
      [PERSON],
    );
    const roster = settlePresence(isMember, { ...base, ownerIsMember, rosterComplete: true }, [
      { ...PERSON, listingComplete: false },
    ]);
    if (inverse.presence !== "unknown" && inverse.presence !== roster.presence)
      contradictions.push(`${inverse.presence} ${roster.presence}`);
  }
  expect(contradictions).toEqual([]);
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
