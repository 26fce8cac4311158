import { expect, test } from "vitest";
import type { RunGroup } from "#shared/domain/coverage.ts";
import { ExclusionId, PersonId } from "#shared/domain/ids.ts";
import type { MatrixCell } from "#shared/domain/matrix.ts";
import { countGroups, personGroups, rankOf, standingOf } from "#renderer/features/coverage/person-groups.ts";

function entry(name: string, change: Partial<MatrixCell>) {
  const cell: MatrixCell = {
    personId: PersonId.parse("ann"),
    level: "required",
    presence: "present",
    reason: null,
    exclusionId: null,
    ...change,
  };
  return { group: { name } as RunGroup, cell };
}

const ENTRIES = personGroups({
  groups: [
    entry("in", {}),
    entry("accepted", { presence: "absent", exclusionId: ExclusionId.parse("e") }),
    entry("unsure", { presence: "unknown", reason: "members-hidden" }),
    entry("optional", { presence: "absent", level: "optional" }),
    entry("missing", { presence: "absent" }),
  ],
  alsoIn: [{ name: "besides" } as RunGroup],
});

test("a person's groups stand in one list each, an accepted gap in that of the excluded", () => {
  expect([ENTRIES.map((one) => [one.group.name, standingOf(one)]), countGroups(ENTRIES)]).toEqual([
    [
      ["in", "present"],
      ["accepted", "excluded"],
      ["unsure", "unknown"],
      ["optional", "missing"],
      ["missing", "missing"],
      ["besides", "unasked"],
    ],
    { all: 6, missing: 2, unknown: 1, excluded: 1, present: 1, unasked: 1 },
  ]);
});

test("what is open comes first, required before optional", () => {
  const ordered = ENTRIES.toSorted((left, right) => rankOf(left) - rankOf(right));
  expect(ordered.map(({ group }) => group.name)).toEqual([
    "missing",
    "optional",
    "unsure",
    "accepted",
    "in",
    "besides",
  ]);
});
