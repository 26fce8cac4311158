import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { answerOf, type Ended, muster } from "./muster.ts";

function openProfile() {
  const folder = makeTemporaryFolder();
  const profile = join(folder, "profile");
  return {
    folder,
    run: (args: readonly string[], stdin = ""): Promise<Ended> =>
      muster([...args, "--profile", profile], { stdin, cwd: folder }),
  };
}

const good = `{
  "version": 1,
  "team": [
    { "id": "ann", "name": "Ann", "role": "BD", "status": "active", "slackUserId": "U0000000001" }
  ],
  "customerGroups": { "include": ["*acme*"], "exclude": [] },
  "categories": [],
  "deprecatedTerms": []
}
`;

describe("a team file on the command line", () => {
  test("comes out again as it went in, from a file, a pipe and over itself", async () => {
    const { folder, run } = openProfile();
    const imported = await run(["team", "import", "-"], good);
    const first = await run(["team", "export"]);
    const written = await run(["team", "export", "team.json"]);
    const again = await run(["team", "import", "team.json"]);
    const second = await run(["team", "export", "--json"]);

    const exported = JSON.parse(first.stdout) as { team: unknown[] };
    expect({
      codes: [imported, first, written, again, second].map(({ code }) => code),
      said: [imported.stdout, again.stdout],
      team: exported.team,
      file: JSON.parse(readFileSync(join(folder, "team.json"), "utf8")) as unknown,
      second: JSON.parse(second.stdout) as unknown,
    }).toMatchObject({
      codes: [0, 0, 0, 0, 0],
      said: [
        "Imported: 1 members added, 0 changed, 0 removed; 0 categories.\n",
        "Imported: 0 members added, 0 changed, 0 removed; 0 categories.\n",
      ],
      team: [{ id: "ann", name: "Ann", role: "BD", status: "active" }],
      file: exported,
      second: exported,
    });
  });

  test.each([
    ["a wrong value in it", good.replace('"active"', '"actve"'), /^team\.json:4: team\[0\]\.status: /m],
    ["a word cut off in it", good.replace('"team": [', '"team": ['.slice(0, 5)), /^team\.json:3: /m],
    ["nothing at all", " ", /^team\.json:\?: \(whole file\): The file is empty/m],
  ])("with %s names line, path and problem, and changes nothing", async (_what, broken, place) => {
    const { folder, run } = openProfile();
    await run(["team", "import", "-"], good);
    const before = await run(["team", "export"]);
    writeFileSync(join(folder, "team.json"), broken);
    const refused = await run(["team", "import", "team.json", "--json"]);
    const after = await run(["team", "export"]);

    const answer = answerOf<{ imported: boolean; problems: unknown[] }>(refused);
    expect(refused.stderr).toMatch(place);
    expect(refused.stderr).toMatch(/Nothing was changed: \d+ problem/);
    expect({
      code: refused.code,
      imported: answer.imported,
      hasProblems: answer.problems.length > 0,
      after: after.stdout,
    }).toEqual({ code: 2, imported: false, hasProblems: true, after: before.stdout });
  });

  test("of the older shape sets the categories and leaves the team alone", async () => {
    const { folder, run } = openProfile();
    await run(["team", "import", "-"], good);
    writeFileSync(
      join(folder, "customer_group_categories.json"),
      JSON.stringify({ marketing_groups: ["acme-mktg"], internal_groups: [], intro_groups: ["acme-intro"] }),
    );
    const imported = await run(["team", "import", "customer_group_categories.json", "--json"]);
    const { team, categories } = JSON.parse((await run(["team", "export"])).stdout) as {
      team: { id: string }[];
      categories: unknown[];
    };

    expect({
      code: imported.code,
      shape: answerOf(imported)["shape"],
      team: team.map(({ id }) => id),
      names: ["acme-mktg", "acme-intro"].filter((name) => JSON.stringify(categories).includes(name)),
    }).toEqual({ code: 0, shape: "legacy-categories", team: ["ann"], names: ["acme-mktg", "acme-intro"] });
  });

  test("that is not there, or cannot be written, is a failure that names it", async () => {
    const { run } = openProfile();
    const ends: unknown[] = [];
    for (const args of [
      ["team", "import", "missing.json"],
      ["team", "export", "missing/team.json"],
    ]) {
      const ended = await run([...args, "--json"]);
      const { failure } = answerOf<{ failure: { code: string; facts: { path: string } } }>(ended);
      ends.push([ended.code, failure.code, failure.facts.path]);
    }
    expect(ends).toEqual([
      [2, "input/file-unreadable", "missing.json"],
      [3, "input/file-unwritable", "missing/team.json"],
    ]);
  });
});
