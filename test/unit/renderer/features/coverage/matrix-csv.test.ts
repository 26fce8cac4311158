import { expect, test } from "vitest";
import { PersonId } from "#shared/domain/ids.ts";
import { matrixCsv } from "#renderer/features/coverage/matrix-csv.ts";
import { sampleRow } from "./matrix-sample.ts";

const PEOPLE = [
  { personId: PersonId.parse("ana"), name: "Ana", role: null },
  { personId: PersonId.parse("bo"), name: 'Bo "the bridge"', role: null },
];

test("every row has the group's facts and one field a person, empty where nobody is asked", () => {
  const rows = [
    sampleRow("acme", { ana: "present", bo: "unknown" }, { categoryName: "BD", memberCount: 7 }),
    sampleRow("beta, inc", { bo: "excluded" }),
  ];
  expect(matrixCsv(rows, PEOPLE).split("\r\n")).toEqual([
    'Platform,Group,Category,Required present,Required total,Privacy,Members,Findings,Ana,"Bo ""the bridge"""',
    'Slack,acme,BD,1,2,private,7,,"Present, required","Unknown, required, No account recorded"',
    'Slack,"beta, inc",,0,1,private,,,,"Absent, required, excluded"',
  ]);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " \u200B=1", "＝1"])(
  "a name that a spreadsheet could evaluate is made harmless: %j",
  (name) => {
    const [, line = ""] = matrixCsv([sampleRow(name)], []).split("\r\n");
    expect(line.split(",")[1]).toBe(`'${name}`);
  },
);
