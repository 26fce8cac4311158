import { expect, test } from "vitest";
import { CategoryId, GroupKey, PersonId } from "#shared/domain/ids.ts";
import { chosenGroups } from "#renderer/features/operations/chosen-groups.ts";
import { sizeWords } from "#renderer/features/operations/draft-size.ts";
import { EMPTY_DRAFT, type OperationDraft } from "#renderer/features/operations/operation-draft.ts";
import { sampleRow } from "../coverage/matrix-sample.ts";

const GROUPS = [
  sampleRow("acme", {}, { categoryName: "BD" }),
  sampleRow("borea", {}, { categoryName: "Intro" }),
  sampleRow("canton", {}, { categoryName: "BD", platform: "telegram" }),
].map(({ group }) => group);
const TEAM = [
  { id: PersonId.parse("ana"), role: "BD" },
  { id: PersonId.parse("bo"), role: "BD" },
  { id: PersonId.parse("cy"), role: null },
];

test("a draft is about the groups that were chosen, on its platforms; the history only about Telegram's", () => {
  const names = (draft: Partial<OperationDraft>) =>
    chosenGroups({ ...EMPTY_DRAFT, ...draft }, GROUPS).map(({ name }) => name);
  expect({
    all: names({}),
    slack: names({ platforms: ["slack"] }),
    history: names({ kind: "history", platforms: ["slack"] }),
    category: names({ groupsBy: "category", categoryIds: [CategoryId.parse("BD")] }),
    chosen: names({ groupsBy: "key", groupKeys: [GroupKey.parse("slack:T:borea")] }),
    listed: names({ groupsBy: "list", listKeys: [GroupKey.parse("slack:T:acme")] }),
  }).toEqual({
    all: ["acme", "borea", "canton"],
    slack: ["acme", "borea"],
    history: ["canton"],
    category: ["acme", "canton"],
    chosen: ["borea"],
    listed: ["acme"],
  });
});

test("how much a draft is about is said before it is planned", () => {
  const size = (draft: Partial<OperationDraft>) => sizeWords({ ...EMPTY_DRAFT, ...draft }, TEAM, GROUPS);
  expect([
    size({ peopleBy: "role", role: "BD" }),
    size({ peopleBy: "everyone", platforms: ["telegram"] }),
    size({ kind: "rename" }),
    size({ kind: "create", customersText: "Acme\nBorea", personIds: [PersonId.parse("ana")] }),
  ]).toEqual([
    "2 people × 3 groups: at most 6 changes",
    "3 people × 1 group: at most 3 changes",
    "3 groups to look at",
    "2 new groups, each with 1 person",
  ]);
});
