import { randomUUID } from "node:crypto";
import { deleteExclusion, insertExclusion, listExclusions } from "#main/store/queries/coverage-exclusions.ts";
import type { Exclusion } from "#shared/domain/coverage.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { ExclusionId } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { CoverageDeps } from "./audit/audit-deps.ts";

/** Accepted gaps. They count from the next look at a run, without a new one. */
export interface Exclusions {
  /** Expired ones too, newest first. */
  listExclusions(): Promise<Exclusion[]>;
  addExclusion(input: Omit<Exclusion, "id" | "createdAtMs">): Promise<Exclusion>;
  removeExclusion(input: { exclusionId: ExclusionId }): Promise<Result<void, Failure>>;
}

export function createExclusions(deps: CoverageDeps): Exclusions {
  const { store, clock, activity } = deps;

  async function addExclusion(input: Omit<Exclusion, "id" | "createdAtMs">): Promise<Exclusion> {
    const exclusion = {
      ...input,
      id: ExclusionId.parse(`exclusion-${randomUUID()}`),
      createdAtMs: clock.nowMs(),
    };
    await store.write(async (writer) => {
      await insertExclusion(writer, exclusion);
      await activity.record(writer, {
        action: "coverage.exclusion-added",
        target: exclusion.id,
        why: exclusion.reason,
        outcome: "done",
        details: factsOf(exclusion),
      });
      announceExclusions();
    });
    return exclusion;
  }

  async function removeExclusion({
    exclusionId,
  }: {
    exclusionId: ExclusionId;
  }): Promise<Result<void, Failure>> {
    const removed = await store.write(async (writer) => {
      const gone = await deleteExclusion(writer, exclusionId);
      if (gone === null) return false;
      await activity.record(writer, {
        action: "coverage.exclusion-removed",
        target: exclusionId,
        outcome: "done",
        details: factsOf(gone),
      });
      announceExclusions();
      return true;
    });
    return removed ? ok(undefined) : err(failure("input/not-found", { exclusionId }));
  }

  function announceExclusions(): void {
    store.afterCommit(() => {
      deps.announce("exclusions");
      deps.announce("activity");
    });
  }

  return { listExclusions: () => listExclusions(store.read), addExclusion, removeExclusion };
}

function factsOf({ groupKey, personId, owner, expiresAtMs }: Exclusion): Record<string, unknown> {
  return { groupKey, personId, owner, expiresAtMs };
}
