import { describe, expect, test } from "vitest";
import { readTeamFile } from "#main/features/team/file/read-file.ts";
import type { ImportProblem } from "#shared/contract/team.ts";

function problemsOf(text: string): ImportProblem[] {
  const file = readTeamFile(text);
  return file.problems.length > 0 ? file.problems : file.checkAgainst([]);
}

/** As an editor would show them. */
function shown(text: string): string[] {
  return problemsOf(text).map(({ line, path, problem }) => `${line ?? "?"} ${path}: ${problem}`);
}

describe("a broken file names line, path and problem", () => {
  test.each([
    ["", ["? : The file is empty."]],
    ["[]", ["1 : The file must hold one object in braces."]],
    [
      '{\n  "version": 1,\n}',
      ['3 : A key in double quotes should stand here, not "}"; or a comma is too many.'],
    ],
    ['{\n  "version": 1\n  "team": []\n}', ['3 : A comma is missing before "\\"team\\"".']],
    ['{"version": 1, "team": [', ["1 : The file ends too early: something is not closed."]],
    ['{\n// hello\n"version": 1}', ["2 : Comments are not allowed in JSON."]],
    ['{"version": 1} 2', ['1 : There should be nothing after the end, but there is "2".']],
    ['{"version": 1} x', ['1 : This is not JSON: "x" cannot stand here.']],
    ['{"version": 2}', ["1 version: This version of the format is not known; only 1 is."]],
    ["{}", ["1 version: This is missing."]],
    ['{"version": 1,\n"version": 1}', ["2 version: This key is written twice."]],
    ['{"version": 1,\n"teem": []}', ["2 teem: This key is not known here; is it spelled as in the format?"]],
    [
      '{"version": 1,\n"__proto__": {"polluted": true}}',
      ["2 __proto__: This key is not known here; is it spelled as in the format?"],
    ],
    [
      '\uFEFF{"version": 1,\r\n"team": [\r\n{"name": "Ada"},\r\n{"name": "Bo", "slackUserId": 7}]}',
      ["4 team[1].slackUserId: This must be a text in double quotes."],
    ],
    ['{"version": 1, "team": [\n{"role": "BD"}]}', ["2 team[0].name: This is missing."]],
    [
      '{"version": 1, "team": [{"name": "A", "status": "gone"}]}',
      ['1 team[0].status: This must be "active" or "optional" or "inactive".'],
    ],
    [
      '{"version": 1, "team": [{"name": "A", "telegramUserId": "x"}]}',
      ["1 team[0].telegramUserId: This must be a number, written in digits only."],
    ],
    [
      '{"version": 1, "team": [{"name": "A", "identities": [{"platform": "slack"}]}]}',
      ["1 team[0].identities[0]: Either userId or username is needed."],
    ],
    [
      '{"version": 1, "team": [{"id": "a", "name": "A"},\n{"id": "a", "name": "B"}]}',
      ["2 team[1].id: This id is also that of team[0]."],
    ],
    [
      '{"version": 1, "team": [{"name": "A", "slackUserId": "U1"},\n{"name": "B", "slackUserId": "U1"}]}',
      ["2 team[1].slackUserId: The account U1 already belongs to team[0]."],
    ],
    [
      '{"version": 1, "team": [{"name": "A", "slackUsername": "ada"},\n{"name": "B", "slackUsername": "@Ada"}]}',
      ["2 team[1].slackUsername: The account @Ada already belongs to team[0]."],
    ],
    [
      '{"version": 1, "customerGroups": {"include": ["*", "a[b"]}}',
      [
        "1 customerGroups.include[1]: The pattern has a “[” that is never closed; write “\\[” to mean the character itself.",
      ],
    ],
    [
      '{"version": 1, "team": [{"name": "A", "role": "BD"}], "categories": [{"name": "C", "requirements": [\n' +
        '{"target": {"kind": "person", "personId": "b"}, "level": "required"},\n' +
        '{"target": {"kind": "role", "role": "bd"}, "level": "required"}]}]}',
      [
        '2 categories[0].requirements[0].target.personId: Nobody on the team has the id "b".',
        '3 categories[0].requirements[1].target.role: Nobody on the team has the role "bd".',
      ],
    ],
    [
      '{"version": 1, "categories": [{"name": "C", "matchers": [{"kind": "regex"}]}]}',
      ["1 categories[0].matchers[0].kind: This kind is not known here."],
    ],
    [
      '{"marketing_groups": [], "sales_groups": []}',
      ["1 sales_groups: This key is not known here; is it spelled as in the format?"],
    ],
    ['{"marketing_groups": [\n1]}', ["2 marketing_groups[0]: This must be a text in double quotes."]],
  ])("%j", (text, problems) => {
    expect(shown(text)).toEqual(problems);
  });

  test("however large or deep it is", () => {
    const name = "x".repeat(10_000_000);
    const nested = `{"version": 1, "team": ${"[".repeat(200_000)}`;
    const brackets = `{"version": 1, "deprecatedTerms": [{"term": "${"[".repeat(90)}", "replacement": ""}]}`;
    expect([
      shown(`{"version": 1, "team": [{"name": "${name}"}]}`),
      shown(nested),
      shown(brackets),
      shown(`{"version": 1, "${"k".repeat(500)}": 1}`).map((line) => line.length < 250),
      shown(" ".repeat(50 * 1024 * 1024 + 1)),
    ]).toEqual([
      ["1 team[0].name: This is longer than 200 characters."],
      ["1 : Lists and objects are nested more than 64 deep."],
      [],
      [true],
      ["? : The file is larger than 50 MB."],
    ]);
  });

  test("and at most two hundred problems", () => {
    const team = Array.from({ length: 1_000 }, () => "{}").join(",");
    expect(problemsOf(`{"version": 1, "team": [${team}]}`)).toHaveLength(200);
  });
});

describe("a file that can be used", () => {
  test("may leave out ids: they are made from the names and stay the same", () => {
    const text = JSON.stringify({
      version: 1,
      team: [
        { name: "Zoë Ångström" },
        { name: "李明" },
        { name: "Bo" },
        { name: "Bo" },
        { id: "bo", name: "Robert" },
        { name: "!!!" },
      ],
      categories: [{ name: "BD customer" }, { name: "BD customer" }],
    });
    const { content } = readTeamFile(text);
    const ids = content?.shape === "team-and-rules" && [
      content.team?.map(({ id }) => id),
      content.categories?.map(({ id }) => id),
    ];
    expect(ids).toEqual([
      ["zoe-angstrom", "李明", "bo-2", "bo-3", "bo", "person"],
      ["bd-customer", "bd-customer-2"],
    ]);
    expect(readTeamFile(text).content).toEqual(content);
  });

  test("says accounts in plain fields or as a list", () => {
    const { content } = readTeamFile(
      JSON.stringify({
        version: 1,
        team: [
          {
            name: "Ada",
            slackUserId: "U1",
            slackUsername: "@ada",
            telegramUserId: 42,
            identities: [{ platform: "slack", workspaceId: "T2", username: "ada.l" }],
          },
        ],
      }),
    );
    const unasked = { state: "unresolved", checkedAtMs: null };
    expect(content?.shape === "team-and-rules" && content.team?.[0]?.identities).toEqual([
      { platform: "slack", workspaceId: null, userId: "U1", username: "ada", ...unasked },
      { platform: "telegram", workspaceId: null, userId: "42", username: null, ...unasked },
      { platform: "slack", workspaceId: "T2", userId: null, username: "ada.l", ...unasked },
    ]);
  });
});
