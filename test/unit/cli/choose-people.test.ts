import { expect, test } from "vitest";
import { choosePeople } from "#main/cli/members/choose-people.ts";
import type { PeopleLines } from "#shared/contract/membership.ts";
import { PersonId } from "#shared/domain/ids.ts";

const [kevin, other, aliya] = ["p-1", "p-2", "p-3"].map((id) => PersonId.parse(id));

const read = {
  found: [{ personId: aliya, name: "Aliya" }],
  unknown: [],
  duplicates: ["aliya"],
  ambiguous: [
    {
      line: "kevin",
      people: [
        { personId: kevin, name: "Kevin Park", hint: "BD" },
        { personId: other, name: "Kevin Diaz", hint: "Sales" },
      ],
    },
  ],
} as PeopleLines;

/** Chooses among them with these answers, and tells what was asked and noted. */
async function choose(answers: readonly (string | null)[], lines: PeopleLines = read, isInteractive = true) {
  const said: string[] = [];
  const left = [...answers];
  const chosen = await choosePeople({ resolvePeople: () => Promise.resolve(lines) }, ["aliya", "kevin"], {
    terminal: { note: (line) => said.push(line) },
    prompt: {
      isInteractive,
      ask(question) {
        said.push(question);
        return Promise.resolve(left.shift() ?? null);
      },
      close: () => undefined,
    },
  });
  return { chosen: chosen.ok ? chosen.value : chosen.error.words, said };
}

test("a word that fits several people is asked about until the answer is one of them", async () => {
  expect(await choose(["3", "Kevin", "2"])).toEqual({
    chosen: [aliya, other],
    said: [
      "aliya: named twice, counted once.",
      "“kevin” fits 2 people:",
      "  1  Kevin Park (BD, p-1)",
      "  2  Kevin Diaz (Sales, p-2)",
      ...Array<string>(3).fill("Which one? 1 to 2, or nothing to stop:"),
    ],
  });
});

test("no answer, nobody to ask, and a word that fits nobody end with what each word fits", async () => {
  const candidates = { kevin: "fits Kevin Park (BD, p-1); Kevin Diaz (Sales, p-2)" };
  const unknown = { ...read, unknown: ["nemo"] };
  const ended = [
    await choose([""]),
    await choose([null]),
    await choose(["1"], read, false),
    await choose(["1"], unknown),
  ];
  expect(ended.map(({ chosen }) => chosen)).toEqual([
    candidates,
    candidates,
    candidates,
    { nemo: "fits nobody of the team", ...candidates },
  ]);
});
