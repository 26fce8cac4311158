import { expect, test } from "vitest";
import { CategoryId, PersonId } from "#shared/domain/ids.ts";
import { MatrixFilter, MatrixSort } from "#shared/domain/matrix.ts";
import { visiblePeople, visibleRows } from "#renderer/features/coverage/visible-rows.ts";
import { sampleRow } from "./matrix-sample.ts";

const ana = PersonId.parse("ana");
const ROWS = [
  sampleRow("zeta", { ana: "present", bo: "absent" }, { categoryName: "Intro", memberCount: 9 }),
  sampleRow("group 10", { ana: "absent", bo: "absent" }, { categoryName: "BD", memberCount: 40 }),
  sampleRow("Group 9", { ana: "excluded" }, { categoryName: "BD", privacy: "public" }),
  sampleRow("Émile", { ana: "unknown" }, { platform: "telegram", memberCount: 3 }),
  sampleRow("alpha", { bo: "optional-absent" }, { categoryName: "Intro" }),
];

function names(
  filter: Partial<MatrixFilter>,
  sort: Partial<MatrixSort> = { by: "name", direction: "ascending" },
) {
  return visibleRows(ROWS, MatrixFilter.parse(filter), MatrixSort.parse(sort)).map(({ group }) => group.name);
}

test("each filter leaves the rows that fit it", () => {
  expect({
    everything: names({}),
    search: names({ search: " GROUP " }),
    platform: names({ platforms: ["telegram"] }),
    category: names({ categoryIds: [CategoryId.parse("BD")] }),
    findings: names({ findings: ["missing-required"] }),
    people: names({ personIds: [ana] }),
    presence: names({ presence: ["unknown"] }),
    together: names({ presence: ["absent"], categoryIds: [CategoryId.parse("Intro")] }),
  }).toEqual({
    everything: ["alpha", "Émile", "Group 9", "group 10", "zeta"],
    search: ["Group 9", "group 10"],
    platform: ["Émile"],
    category: ["Group 9", "group 10"],
    findings: ["alpha", "group 10", "zeta"],
    people: ["Émile", "Group 9", "group 10", "zeta"],
    presence: ["Émile"],
    together: ["alpha", "zeta"],
  });
});

test("people and presence must meet in one cell", () => {
  expect(names({ personIds: [ana], presence: ["absent"] })).toEqual(["group 10"]);
});

test("an excluded gap is not found as absent, and can be left out altogether", () => {
  expect([names({ presence: ["absent"] }), names({ personIds: [ana], showExcluded: false })]).toEqual([
    ["alpha", "group 10", "zeta"],
    ["Émile", "group 10", "zeta"],
  ]);
});

test("rows are sorted as asked, and ties by name", () => {
  expect({
    missing: names({}, { by: "missing", direction: "descending" }),
    members: names({}, { by: "members", direction: "descending" }),
    category: names({}, { by: "category", direction: "ascending" }),
    privacy: names({}, { by: "privacy", direction: "descending" }),
  }).toEqual({
    missing: ["group 10", "zeta", "alpha", "Émile", "Group 9"],
    members: ["group 10", "zeta", "Émile", "alpha", "Group 9"],
    category: ["Émile", "Group 9", "group 10", "alpha", "zeta"],
    privacy: ["Group 9", "alpha", "Émile", "group 10", "zeta"],
  });
});

test("the given rows keep their order", () => {
  const before = ROWS.map(({ group }) => group.name);
  names({}, { by: "members", direction: "ascending" });
  expect(ROWS.map(({ group }) => group.name)).toEqual(before);
});

test("nobody chosen shows everybody", () => {
  const people = [{ personId: ana }, { personId: PersonId.parse("bo") }];
  expect([visiblePeople(people, { personIds: [] }), visiblePeople(people, { personIds: [ana] })]).toEqual([
    people,
    [{ personId: ana }],
  ]);
});
