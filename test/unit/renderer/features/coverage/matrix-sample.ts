import type { RunGroup } from "#shared/domain/coverage.ts";
import { CategoryId, ExclusionId, GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { MatrixCell, MatrixRow } from "#shared/domain/matrix.ts";

type CellSign = "present" | "absent" | "unknown" | "excluded" | "optional-absent";

/** A row with only what a test is about; people are named by their keys. */
export function sampleRow(
  name: string,
  signs: Readonly<Record<string, CellSign>> = {},
  group: Partial<Pick<RunGroup, "platform" | "privacy" | "memberCount" | "categoryName">> = {},
): MatrixRow {
  const cells = Object.entries(signs).map(([person, sign]): MatrixCell => ({
    personId: PersonId.parse(person),
    level: sign === "optional-absent" ? "optional" : "required",
    presence: sign === "excluded" || sign === "optional-absent" ? "absent" : sign,
    reason: sign === "unknown" ? "no-identity" : null,
    exclusionId: sign === "excluded" ? ExclusionId.parse(`${name}-${person}`) : null,
  }));
  const categoryName = group.categoryName ?? null;
  const hasGap = cells.some(({ presence, exclusionId }) => presence === "absent" && exclusionId === null);
  return {
    group: {
      key: GroupKey.parse(`slack:T:${name}`),
      platform: "slack",
      workspaceId: "T",
      groupId: name,
      name,
      privacy: "private",
      isArchived: false,
      isShared: false,
      memberCount: null,
      categoryId: categoryName === null ? null : CategoryId.parse(categoryName),
      requiresFullTeam: false,
      expectPrivate: true,
      expectHistoryVisible: false,
      expectAdminRight: false,
      telegram: null,
      migratedFrom: null,
      deprecatedTerms: [],
      suggestedName: null,
      unreadable: null,
      ...group,
      categoryName,
    },
    cells,
    findings: hasGap ? ["missing-required"] : [],
    requiredPresent: cells.filter(({ presence }) => presence === "present").length,
    requiredTotal: cells.filter(({ level }) => level === "required").length,
    optionalPresent: 0,
    optionalTotal: cells.filter(({ level }) => level === "optional").length,
  };
}
