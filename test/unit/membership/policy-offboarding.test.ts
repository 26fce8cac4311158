import { expect, test } from "vitest";
import { withRequests } from "#main/features/membership/policy/asked-tasks.ts";
import { folderName } from "#main/features/membership/policy/evidence-words.ts";
import {
  currentHelpState,
  type KnownSending,
  maySend,
  type Needless,
  settleNeedless,
} from "#main/features/membership/policy/help-state.ts";
import { fillTemplate } from "#main/features/membership/policy/help-text.ts";
import {
  judgeTask,
  type TaskFacts,
  type TaskView,
} from "#main/features/membership/policy/offboarding-task.ts";
import { type Able, chooseWhomToAsk, namesOfAble } from "#main/features/membership/policy/whom-to-ask.ts";
import { failure } from "#shared/domain/failure.ts";
import { ConnectionId, GroupKey } from "#shared/domain/ids.ts";
import type { HelpRequestState, OffboardingTask } from "#shared/domain/offboarding.ts";
import { OperationId } from "#shared/domain/operation.ts";
import { escapeForSlack } from "#shared/domain/slack-text.ts";
import { canonicalJson } from "#shared/lib/canonical-json.ts";

const PRESENT: TaskFacts = {
  presence: "present",
  isGeneral: false,
  isArchived: false,
  unknownBecause: null,
  isOwner: false,
  refusal: null,
  tried: null,
};
const ABSENT: TaskFacts = { ...PRESENT, presence: "absent" };
const UNKNOWN: TaskFacts = { ...PRESENT, presence: "unknown", unknownBecause: "Hidden." };
const NO_RIGHT = failure("telegram/admin-needed", { group: "Acme" });
const REFUSED = failure("slack/refused", {});

/** As a check leaves a task, and as the operator does. */
const found = (state: TaskView["state"], note: string | null): TaskView => ({
  state,
  note,
  isDecided: false,
});
const decided = (note: string | null): TaskView => ({ state: "kept", note, isDecided: true });

const states = (facts: TaskFacts, before: TaskView | null) => judgeTask(facts, before)?.state ?? null;

test("what is left to do in a group follows from what a check found", () => {
  expect([
    states(PRESENT, null),
    states({ ...PRESENT, refusal: NO_RIGHT }, null),
    states({ ...PRESENT, tried: REFUSED }, null),
    judgeTask({ ...PRESENT, isOwner: true }, null),
    states(UNKNOWN, null),
    states(ABSENT, null),
  ]).toEqual([
    "remove",
    "ask",
    "ask",
    found("ask", "The leaving person owns the group: it has to be handed over first."),
    "unknown",
    null,
  ]);
});

test.each(["remove", "ask", "asked", "unknown", "kept"] as const)(
  "a task that was %s is gone only when that is proven",
  (state) => {
    const before = { state, note: "before", isDecided: state === "kept" };
    expect([states(ABSENT, before), states(UNKNOWN, before) === "gone"]).toEqual(["gone", false]);
  },
);

test("what was proven stays so while nobody can be asked, and falls when they are seen again", () => {
  const gone = found("gone", "Proven on Monday.");
  expect([judgeTask(UNKNOWN, gone), judgeTask(ABSENT, gone), states(PRESENT, gone)]).toEqual([
    gone,
    gone,
    "remove",
  ]);
});

test("Slack's general channel is nobody's to do: it is kept, goes with the account, and is gone when that is proven", () => {
  const general = { ...PRESENT, isGeneral: true, refusal: failure("slack/general-channel", {}) };
  const kept = judgeTask(general, null);
  expect([kept, states(general, found("ask", "")), states({ ...ABSENT, isGeneral: true }, kept)]).toEqual([
    found(
      "kept",
      "Slack's general channel: nobody can be taken out of it. The person leaves it when their account is deactivated in Slack.",
    ),
    "kept",
    "gone",
  ]);
});

test("an archived channel is nobody's to do: it is kept while it is archived, and to do again once it is not", () => {
  const archived = { ...PRESENT, isArchived: true, refusal: failure("slack/archived", {}) };
  const kept = judgeTask(archived, null);
  const ours = decided("An adviser.");
  expect([
    kept,
    states(archived, found("ask", "The channel is archived.")),
    judgeTask({ ...UNKNOWN, isArchived: true }, kept),
    judgeTask(UNKNOWN, kept),
    states(PRESENT, kept),
    states(ABSENT, kept),
    judgeTask(archived, ours),
    judgeTask(PRESENT, ours),
  ]).toEqual([
    found(
      "kept",
      "Archived: nobody can be taken out of an archived channel, and nothing new is written in it. The person stays in its past until their account is deactivated in Slack. If that matters, unarchive the channel and check again.",
    ),
    "kept",
    kept,
    kept,
    "remove",
    "gone",
    ours,
    ours,
  ]);
});

test("what the operator decided stays until they are gone", () => {
  const kept = decided("An adviser.");
  const asked = found("asked", "By phone.");
  expect([
    judgeTask(PRESENT, kept),
    judgeTask(UNKNOWN, kept),
    judgeTask({ ...PRESENT, refusal: NO_RIGHT }, asked),
    // The right has come: nobody has to be waited for.
    states(PRESENT, asked),
  ]).toEqual([kept, kept, asked, "remove"]);
});

test("who kept it counts, not what the note says: a check's words may change, and the operator may use them too", () => {
  const archived = { ...PRESENT, isArchived: true };
  const words = judgeTask(archived, null)?.note ?? null;
  const reworded = found("kept", "As an earlier version put it.");
  const ours = [decided(words), decided(null)];
  expect({
    found: [states(PRESENT, reworded), judgeTask(archived, reworded), judgeTask(UNKNOWN, reworded)],
    decided: ours.map((before) => [PRESENT, archived, UNKNOWN].map((facts) => judgeTask(facts, before))),
  }).toEqual({
    found: ["remove", found("kept", words), reworded],
    decided: ours.map((before) => [before, before, before]),
  });
});

const OPERATION = OperationId.parse("operation-1");
const sending = (rest: Partial<KnownSending>): KnownSending => ({
  operationId: OPERATION,
  state: "done",
  failure: null,
  actedAtMs: 200,
  isUnderWay: false,
  ...rest,
});
const drafted = (state: HelpRequestState) => ({ state, updatedAtMs: 100 });

test("a request is sent once its message was, unless the operator wrote something down afterwards", () => {
  expect([
    currentHelpState(drafted("draft"), null),
    currentHelpState(drafted("draft"), sending({})),
    currentHelpState(drafted("copied"), sending({})),
    currentHelpState(drafted("declined"), sending({})),
    currentHelpState(drafted("dropped"), sending({})),
    currentHelpState(drafted("dropped"), null),
    currentHelpState(drafted("draft"), sending({ actedAtMs: 50 })),
    currentHelpState(drafted("draft"), sending({ state: "failed", failure: REFUSED })),
  ]).toEqual(["draft", "sent", "sent", "declined", "sent", "dropped", "draft", "draft"]);
});

test("what nobody was sent is not needed any more; what went out is answered only by what it asked for", () => {
  const all = ["draft", "copied", "sent", "answered", "declined", "dropped"] as const;
  const settled = (why: Needless) => all.map((state) => settleNeedless(state, why)?.state ?? "-").join(" ");
  expect([settled("gone"), settled("come"), settled("ours"), settled("kept"), settled("closed")]).toEqual([
    "dropped answered answered - - -",
    "dropped answered answered - - -",
    "dropped - - - - -",
    "dropped - - - - -",
    "dropped - - - - -",
  ]);
});

test("a message is not sent twice: not while it is under way, nor where nobody can tell whether it arrived", () => {
  expect([
    maySend(drafted("draft"), null),
    maySend(drafted("draft"), sending({ state: "failed", failure: REFUSED })),
    maySend(drafted("draft"), sending({ state: "planned", actedAtMs: null, isUnderWay: true })),
    maySend(drafted("draft"), sending({ state: "unclear" })),
    // Looked at, and set back to be sent.
    maySend({ state: "draft", updatedAtMs: 300 }, sending({ state: "unclear" })),
    maySend(drafted("answered"), null),
    maySend(drafted("draft"), sending({})),
  ]).toEqual([true, true, false, false, true, false, false]);
});

const able = (userId: string, role: Able["role"], mayRemove = true): Able => ({
  userId,
  name: `Name ${userId}`,
  role,
  mayRemove,
});

test("the owner is asked before the admins, nobody of ours, and the leaving person only for what they own", () => {
  const people = { ours: new Set(["me"]), leaving: new Set(["cat"]) };
  const choose = (purpose: "ownership" | "removal", ...each: Able[]) =>
    chooseWhomToAsk(each, purpose, people)?.userId ?? null;
  expect([
    choose("removal", able("a", "admin"), able("o", "owner")),
    choose("removal", able("a", "admin", false), able("b", "admin")),
    choose("removal", able("cat", "owner"), able("b", "admin")),
    choose("removal", able("me", "owner"), able("cat", "admin")),
    choose("ownership", able("b", "admin"), able("cat", "owner")),
    choose("ownership", able("cat", "admin")),
    namesOfAble([able("a", "admin"), able("o", "owner"), able("cat", "admin")], new Set(["cat"])),
  ]).toEqual(["o", "b", "b", null, "cat", null, ["Name o, the owner", "Name a"]]);
});

test("a template is filled in once, keeps other braces, and cannot be written into by a group's name", () => {
  const words = { name: "Olga", group: "{person} <& co>", person: "Cat", me: "Me" };
  expect([
    fillTemplate("Hi {name}: {person} out of {group}? {me} {other} {", words),
    fillTemplate("$& {group}", { ...words, group: "$1" }),
    fillTemplate("x".repeat(5_000), words).length,
    escapeForSlack("<!channel> & co"),
  ]).toEqual([
    "Hi Olga: Cat out of {person} <& co>? Me {other} {",
    "$& $1",
    4_000,
    "&lt;!channel&gt; &amp; co",
  ]);
});

test("a task counts as asked once a message about its group went out", () => {
  const task = (key: string, state: OffboardingTask["state"]): OffboardingTask => ({
    groupKey: GroupKey.parse(key),
    groupName: key,
    platform: "telegram",
    connectionId: ConnectionId.parse("c"),
    ownRight: "member",
    state,
    note: "No right.",
    isDecided: false,
    isOwner: false,
    updatedAtMs: 0,
  });
  const request = (key: string, state: HelpRequestState) => ({
    groupKey: GroupKey.parse(key),
    state,
    askName: "Olga",
  });
  const tasks = [task("a", "ask"), task("b", "ask"), task("c", "remove"), task("d", "ask")];
  const requests = [
    request("a", "sent"),
    request("b", "draft"),
    request("c", "sent"),
    request("d", "declined"),
  ];
  expect(withRequests(tasks, requests).map(({ state, note }) => [state, note])).toEqual([
    ["asked", "Asked Olga. No right."],
    ["ask", "No right."],
    ["remove", "No right."],
    ["ask", "No right."],
  ]);
});

test("a record has one text whatever the order of its keys, and a folder one that every system takes", () => {
  expect([
    canonicalJson({ b: [{ z: 1, a: null }], a: "ü" }),
    folderName("Zoë / ..\\ O'Hara", "2026-11-20"),
    folderName("../../", "2026-11-20"),
    folderName("王", "2026-11-20"),
  ]).toEqual([
    '{"a":"ü","b":[{"a":null,"z":1}]}',
    "muster-offboarding-zoe-o-hara-2026-11-20",
    "muster-offboarding-person-2026-11-20",
    "muster-offboarding-person-2026-11-20",
  ]);
});
