import { expect, test } from "vitest";
import { GroupKey, type Platform } from "#shared/domain/ids.ts";
import { EMPTY_DRAFT } from "#renderer/features/operations/operation-draft.ts";
import {
  type NamedGroup,
  type PreviewRule,
  previewRenames,
} from "#renderer/features/operations/rename-preview.ts";

function group(name: string, platform: Platform = "slack", suggestedName: string | null = null): NamedGroup {
  return { key: GroupKey.parse(`${platform}:T:${name}`), name, platform, suggestedName };
}

function preview(rule: Partial<PreviewRule>, groups: readonly NamedGroup[]) {
  const result = previewRenames({ ...EMPTY_DRAFT, ...rule }, groups);
  if ("problem" in result) return result.problem;
  return result.renamed.map(({ before, after, problem }) => [before, after, problem]);
}

test("plain text is taken as it is, and what is put in is not searched again", () => {
  const groups = [group("a.b-x"), group("aXb"), group("A.B on Telegram", "telegram")];
  expect([
    preview({ find: "a.b", replacement: "a.b.$1" }, groups),
    preview({ find: "A.B", replacement: "c", ignoreCase: false }, groups),
  ]).toEqual([
    [
      ["a.b-x", "a.b.$1-x", "Slack takes lower-case letters, digits, hyphens and underscores only."],
      ["A.B on Telegram", "a.b.$1 on Telegram", null],
    ],
    [["A.B on Telegram", "c on Telegram", null]],
  ]);
});

test("a regular expression may name its groups; one that is none is said to be so", () => {
  const groups = [group("acme-ibtc"), group("borea")];
  expect(
    preview({ find: "^(\\w+)-ibtc$", replacement: "bitsafe-$1", isRegularExpression: true }, groups),
  ).toEqual([["acme-ibtc", "bitsafe-acme", null]]);
  expect(preview({ find: "(", isRegularExpression: true }, groups)).toMatch(/regular expression/i);
});

test("a mapping names groups in any case, and the deprecated terms bring their own suggestion", () => {
  const groups = [group("acme"), group("Borea <> iBTC", "telegram", "Borea <> BitSafe")];
  expect([
    preview({ renameBy: "mapping", mappingText: '{"ACME": "acme new", "nobody": "x"}' }, groups),
    preview({ renameBy: "deprecated" }, groups),
    preview({ renameBy: "mapping", mappingText: "{" }, groups),
    preview({ renameBy: "mapping", mappingText: '{"a": 1}' }, groups),
  ]).toEqual([
    [["acme", "acme-new", null]],
    [["Borea <> iBTC", "Borea <> BitSafe", null]],
    expect.stringMatching(/^This is not JSON\./),
    'Write it as {"old name": "new name"}, every name in quotes.',
  ]);
});

test("collisions, empty and overlong names are said; names that become free are not taken for taken", () => {
  const groups = [group("a"), group("b"), group("c"), group("x".repeat(79))];
  expect([
    preview({ renameBy: "mapping", mappingText: '{"a": "b", "b": "a"}' }, groups),
    preview({ renameBy: "mapping", mappingText: '{"a": "c"}' }, groups),
    preview({ renameBy: "mapping", mappingText: '{"a": "z", "b": "z"}' }, groups),
    preview({ renameBy: "mapping", mappingText: '{"a": ""}' }, groups),
    preview({ find: "x".repeat(79), replacement: "y".repeat(81) }, groups)
      .at(-1)
      ?.at(-1),
  ]).toEqual([
    [
      ["a", "b", null],
      ["b", "a", null],
    ],
    [["a", "c", "Another group has this name, or would get it."]],
    [
      ["a", "z", "Another group has this name, or would get it."],
      ["b", "z", "Another group has this name, or would get it."],
    ],
    [["a", "", "Nothing would be left of the name."]],
    "81 characters; at most 80.",
  ]);
});
