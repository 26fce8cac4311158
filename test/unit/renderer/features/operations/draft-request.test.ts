import { expect, test } from "vitest";
import { CategoryId, ConnectionId, GroupKey, PersonId } from "#shared/domain/ids.ts";
import { OperationRequest } from "#shared/domain/operation.ts";
import { customersOf, requestOf } from "#renderer/features/operations/draft-request.ts";
import { EMPTY_DRAFT, type OperationDraft } from "#renderer/features/operations/operation-draft.ts";

const ana = PersonId.parse("ana");
const acme = GroupKey.parse("slack:T:acme");
const slack = ConnectionId.parse("slack:T:U");

function ask(draft: Partial<OperationDraft>) {
  const result = requestOf({ ...EMPTY_DRAFT, ...draft });
  // What is asked must be what the main process takes.
  return "request" in result ? OperationRequest.parse(result.request) : result.missing;
}

test("what is still missing is said, one thing at a time", () => {
  expect([
    ask({}),
    ask({ peopleBy: "role" }),
    ask({ peopleBy: "everyone", groupsBy: "category" }),
    ask({ peopleBy: "everyone", groupsBy: "key" }),
    ask({ peopleBy: "everyone", groupsBy: "list" }),
    ask({ kind: "rename" }),
    ask({ kind: "rename", find: "((", isRegularExpression: true }),
    ask({ kind: "rename", renameBy: "mapping" }),
    ask({ kind: "create" }),
    ask({ kind: "create", connectionId: slack }),
    ask({ kind: "create", connectionId: slack, customersText: "a\nb", namePattern: "same" }),
  ]).toEqual([
    "Choose at least one person.",
    "Choose a role.",
    "Choose at least one category.",
    "Choose at least one group.",
    "Paste a list of groups, or choose a file.",
    "Write what is to be found in the names.",
    "The regular expression cannot be read; the preview says why.",
    "Paste a list of names, or choose a file.",
    "Choose where the groups are created.",
    "Name at least one customer.",
    "The name needs {customer}, or all groups would be called the same.",
  ]);
});

test("additions ask for gaps, for optional ones too, or for everyone everywhere; removals never for gaps", () => {
  const people = { by: "person", personIds: [ana] };
  const groups = { by: "all" };
  const platforms = ["slack", "telegram"];
  expect([
    ask({ personIds: [ana] }),
    ask({ personIds: [ana], which: "gap-optional" }),
    ask({ personIds: [ana], which: "cross", groupsBy: "list", listKeys: [acme] }),
    ask({ kind: "remove", personIds: [ana], which: "gap", platforms: ["slack"] }),
    ask({
      peopleBy: "role",
      role: "BD",
      groupsBy: "category",
      categoryIds: [CategoryId.parse("marketing")],
    }),
  ]).toEqual([
    { kind: "add", platforms, targets: { by: "gap", people, groups, optional: false } },
    { kind: "add", platforms, targets: { by: "gap", people, groups, optional: true } },
    { kind: "add", platforms, targets: { by: "cross", people, groups: { by: "key", groupKeys: [acme] } } },
    { kind: "remove", platforms: ["slack"], targets: { by: "cross", people, groups } },
    {
      kind: "add",
      platforms,
      targets: {
        by: "gap",
        people: { by: "role", role: "BD" },
        groups: { by: "category", categoryIds: ["marketing"] },
        optional: false,
      },
    },
  ]);
});

test("renames, history and new groups are asked for as they were written", () => {
  const template = {
    connectionId: slack,
    namePattern: "{customer}-bitsafe",
    customers: ["Acme", "Borea"],
    people: { by: "everyone" },
    about: "Ours",
    isPrivate: true,
    isHistoryVisible: true,
    welcome: "",
  };
  expect([
    ask({ kind: "rename", find: "(a+)", replacement: "$1", isRegularExpression: true }),
    ask({ kind: "rename", renameBy: "mapping", mappingText: '{"old": "new"}', platforms: ["slack"] }),
    ask({ kind: "rename", renameBy: "deprecated" }),
    ask({ kind: "history", isVisible: false }),
    ask({
      kind: "create",
      connectionId: slack,
      namePattern: " {customer}-bitsafe ",
      customersText: "Acme\r\n\n  Borea \nAcme\n",
      peopleBy: "everyone",
      about: " Ours ",
    }),
  ]).toEqual([
    {
      kind: "rename",
      rule: { by: "pattern", find: "(a+)", replacement: "$1", isRegularExpression: true, ignoreCase: true },
      groups: { by: "all" },
      platforms: ["slack", "telegram"],
    },
    {
      kind: "rename",
      rule: { by: "mapping", names: [{ from: "old", to: "new" }] },
      groups: { by: "all" },
      platforms: ["slack"],
    },
    {
      kind: "rename",
      rule: { by: "deprecated" },
      groups: { by: "all" },
      platforms: ["slack", "telegram"],
    },
    { kind: "history", visible: false, groups: { by: "all" } },
    { kind: "create", template },
  ]);
});

test("customers are written one a line; empty lines and repetitions do not count", () => {
  expect(customersOf("\n Acme \r\nBorea\n\nAcme")).toEqual(["Acme", "Borea"]);
});
