import type { PreviewedName, RenamePreview } from "#shared/contract/membership.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Platform } from "#shared/domain/ids.ts";
import type { GroupsChoice, OperationRequest, RenameRule } from "#shared/domain/operation.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import { previewOf } from "../policy/preview-names.ts";
import { draftPlan } from "./draft-plan.ts";
import { emptyReading } from "./live-reading.ts";
import { decideScope } from "./plan-scope.ts";
import { joinWorld } from "./plan-world.ts";
import { readStoredWorld } from "./stored-world.ts";

export interface PreviewInput {
  readonly rule: RenameRule;
  readonly groups: GroupsChoice;
  readonly platforms: readonly Platform[];
  readonly cursor: string | null;
  readonly limit: number;
}

/** The previewing part of the door. */
export interface PreviewDoor {
  /**
   * What a rule makes of the names in the newest results: drafted as a plan of it would be if no connection could be asked,
   * so nothing is asked and nothing is kept. What cannot be done comes first. `membership/bad-pattern` for an expression
   * that cannot be read or takes too long, as the plan would fail. Rejects when `signal` aborts.
   */
  previewRename(input: PreviewInput, signal: AbortSignal): Promise<Result<RenamePreview, Failure>>;
}

export function createPreview(deps: MembershipDeps): PreviewDoor {
  async function draft(
    { rule, groups, platforms }: PreviewInput,
    signal: AbortSignal,
  ): Promise<Result<{ names: readonly PreviewedName[]; notStored: number }, Failure>> {
    const { team } = await deps.team.get();
    const stored = await readStoredWorld(deps.store.read, deps.coverage);
    signal.throwIfAborted();
    const connections = await deps.connections.listAuditable();
    const request: OperationRequest = { kind: "rename", rule, groups, platforms: [...platforms] };
    const scope = await decideScope(request, { connections, team, stored, past: [] });
    // Groups that no audit has seen have no name to look at; the plan asks for it.
    const known = scope.groupKeys.filter((key) => stored.groups.has(key));
    const drafted = await draftPlan(request, {
      scope: { ...scope, groupKeys: known },
      world: joinWorld({ connections, readings: connections.map(emptyReading), stored }),
      team,
      suggestName: await deps.coverage.compileNameSuggestion(),
      signal,
    });
    if (!drafted.ok) return drafted;
    return ok({ names: previewOf(drafted.value), notStored: scope.groupKeys.length - known.length });
  }

  return {
    async previewRename(input, signal) {
      const drafted = await draft(input, signal);
      if (!drafted.ok) return err(drafted.error);
      const { names, notStored } = drafted.value;
      const from = Number(input.cursor ?? 0) || 0;
      const next = from + input.limit;
      return ok({
        items: names.slice(from, next),
        nextCursor: next < names.length ? String(next) : null,
        total: names.length,
        impossible: names.filter(({ problem }) => problem !== null).length,
        notStored,
      });
    },
  };
}
