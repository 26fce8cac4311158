import { expect, test } from "vitest";
import { platformCoverage } from "#main/features/coverage/policy/platform-coverage.ts";
import type { MatrixCell, MatrixRow } from "#shared/domain/matrix.ts";

function row(platform: "slack" | "telegram", categoryId: string, cells: Partial<MatrixCell>[]): MatrixRow {
  const group = { platform, categoryId, categoryName: categoryId, isArchived: false };
  return {
    group,
    cells: cells.map((cell) => ({ level: "required", exclusionId: null, ...cell })),
  } as MatrixRow;
}

test("every platform with groups has its own sums, over all its categories", () => {
  const none = { requiredPresent: 0, requiredAbsent: 0, requiredUnknown: 0, excluded: 0 };
  expect([
    platformCoverage([
      row("telegram", "a", [{ presence: "present" }, { presence: "unknown" }]),
      row("telegram", "b", [{ presence: "absent" }, { presence: "absent", level: "optional" }]),
    ]),
    platformCoverage([row("telegram", "a", []), row("slack", "a", [{ presence: "present" }])]),
  ]).toEqual([
    [
      {
        ...none,
        platform: "telegram",
        groups: 2,
        requiredTotal: 3,
        requiredPresent: 1,
        requiredAbsent: 1,
        requiredUnknown: 1,
      },
    ],
    [
      { ...none, platform: "slack", groups: 1, requiredTotal: 1, requiredPresent: 1 },
      { ...none, platform: "telegram", groups: 1, requiredTotal: 0 },
    ],
  ]);
});
