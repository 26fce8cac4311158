import { setImmediate as nextTurn } from "node:timers/promises";
import type { Coverage } from "#main/features/coverage/index.ts";
import { listMigrations, listRunGroups, type RunGroupRow } from "#main/store/queries/coverage-evidence.ts";
import type { Reader } from "#main/store/store.ts";
import type { CategoryId, GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";
import type { Matrix } from "#shared/domain/matrix.ts";
import type { PresenceKind } from "#shared/domain/presence.ts";
import type { RequirementLevel } from "#shared/domain/rules.ts";
import type { TargetPair } from "../policy/target-pairs.ts";

const GROUPS_AT_ONCE = 250;
const ROWS_AT_ONCE = 200;

/** What the newest results of each platform say. */
export interface StoredWorld {
  /** The customer groups, by name as the matrix has them. */
  readonly customerGroups: readonly {
    readonly key: GroupKey;
    readonly categoryId: CategoryId | null;
    readonly categoryName: string | null;
    readonly isArchived: boolean;
  }[];
  /** Every group that those runs saw, with the connection that read it. */
  readonly groups: ReadonlyMap<GroupKey, RunGroupRow>;
  readonly presences: ReadonlyMap<GroupKey, ReadonlyMap<PersonId, PresenceKind>>;
  /** Proven absences that no exclusion accepts. */
  readonly gaps: readonly (TargetPair & { readonly level: RequirementLevel })[];
  /** By the key that a group had, the one it has. */
  readonly migrations: ReadonlyMap<GroupKey, GroupKey>;
}

/** Read in pieces, so that the main thread stays free. Empty before the first audit. */
export async function readStoredWorld(
  read: Reader,
  coverage: Pick<Coverage, "matrix">,
): Promise<StoredWorld> {
  const matrix = await coverage.matrix({ runId: null });
  const migrations = new Map(
    [...(await listMigrations(read))].map(([afterKey, beforeKey]) => [beforeKey, afterKey]),
  );
  const groups = new Map<GroupKey, RunGroupRow>();
  for (const { platform, runId } of matrix?.sources ?? [])
    for (const row of await readGroups(read, runId))
      if (row.platform === platform) groups.set(row.groupKey, row);
  return { groups, migrations, ...(await readCells(matrix)) };
}

async function readGroups(read: Reader, runId: RunId): Promise<RunGroupRow[]> {
  const groups: RunGroupRow[] = [];
  for (;;) {
    const after = groups.at(-1)?.groupKey ?? null;
    const page = await listRunGroups(read, runId, { after, limit: GROUPS_AT_ONCE });
    groups.push(...page);
    if (page.length < GROUPS_AT_ONCE) return groups;
    await nextTurn();
  }
}

async function readCells(
  matrix: Matrix | null,
): Promise<Pick<StoredWorld, "customerGroups" | "presences" | "gaps">> {
  const customerGroups: StoredWorld["customerGroups"][number][] = [];
  const presences = new Map<GroupKey, ReadonlyMap<PersonId, PresenceKind>>();
  const gaps: StoredWorld["gaps"][number][] = [];
  for (const [at, { group, cells }] of (matrix?.rows ?? []).entries()) {
    if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await nextTurn();
    const { key, categoryId, categoryName, isArchived } = group;
    customerGroups.push({ key, categoryId, categoryName, isArchived });
    presences.set(key, new Map(cells.map(({ personId, presence }) => [personId, presence])));
    for (const { personId, presence, exclusionId, level } of cells)
      if (presence === "absent" && exclusionId === null) gaps.push({ groupKey: key, personId, level });
  }
  return { customerGroups, presences, gaps };
}
