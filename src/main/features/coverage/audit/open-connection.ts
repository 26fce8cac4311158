import type { JobRun } from "#main/jobs/job-kind.ts";
import {
  findRunRules,
  updateRunConnection,
  type RunConnectionRow,
} from "#main/store/queries/coverage-runs.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId, PersonId } from "#shared/domain/ids.ts";
import type { Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { compileGroupRules } from "../policy/group-rules.ts";
import { accountIdsIn } from "../policy/identity-choice.ts";
import { decideOnFailure, parkedUntilMs } from "../policy/read-failure.ts";
import { resolveRequirements } from "../policy/requirements.ts";
import type { CoverageSource } from "../sources/coverage-source.ts";
import { noticeFirstAnswer } from "../sources/first-answer.ts";
import { openSource } from "../sources/open-source.ts";
import type { CoverageDeps } from "./audit-deps.ts";
import type { AuditPayload } from "./audit-payload.ts";
import type { ConnectionAudit } from "./connection-audit.ts";
import type { RunBoard } from "./progress-board.ts";

/** A connection at work in a run. `close` ends the watching, not the session, which others share. */
export interface OpenedConnection {
  readonly source: CoverageSource;
  readonly common: Omit<ConnectionAudit, "source">;
  readonly rules: Rules;
  close(): void;
}

/**
 * Opens a connection for its part of a run, and counts its calls from here. Fails as opening its session does, and,
 * without asking anybody, while the platform's own word keeps it parked.
 */
export async function openConnection(
  deps: CoverageDeps,
  job: JobRun<AuditPayload>,
  board: RunBoard,
  part: RunConnectionRow,
): Promise<Result<OpenedConnection, Failure>> {
  const { runId } = job.payload;
  const { connectionId } = part;
  const untilMs = part.failure && parkedUntilMs(part.failure);
  if (part.failure && untilMs !== null && untilMs > deps.clock.nowMs()) return err(part.failure);
  const connection = (await deps.connections.listAuditable()).find(({ id }) => id === connectionId);
  const known = await findRunRules(deps.store.read, runId);
  if (!connection || !known) return err(removedConnection(connectionId));
  const opened = await openSource(deps.connections, connection);
  if (!opened.ok) return opened;
  // Shown as out of reach until somebody has reached it.
  const source =
    connection.state === "unreachable"
      ? noticeFirstAnswer(opened.value, () => deps.connections.markReady(connectionId))
      : opened.value;
  // What was given up stays given up; only what made the connection stop is tried anew.
  if (part.failure !== null && ["sign-in", "park", "wait"].includes(decideOnFailure(part.failure, 1)))
    await job.save((writer) => updateRunConnection(writer, runId, connectionId, { failure: null }));

  const usage = countFrom(source, part);
  board.countCalls(connectionId, () => usage().calls);
  const stopWatching = source.watchWaits((wait) => {
    board.wait(connectionId, wait);
    job.showWait(board.currentWait());
  });
  const { categories } = known.rules;
  return ok({
    source,
    rules: known.rules,
    common: {
      runId,
      job,
      read: deps.store.read,
      clock: deps.clock,
      board,
      rules: compileGroupRules(known.rules),
      wanted: new Map(categories.map((category) => [category.id, resolveRequirements(category, known.team)])),
      ...accountsOfTeam(known.team, part),
      historyWanted: new Set(
        categories.filter((category) => category.expectHistoryVisible).map(({ id }) => id),
      ),
      usage,
    },
    close: stopWatching,
  });
}

/** A session may have been used before; what it did then is not this run's. */
function countFrom(source: CoverageSource, part: RunConnectionRow): ConnectionAudit["usage"] {
  const before = source.usage();
  return () => {
    const now = source.usage();
    return {
      calls: part.calls + now.calls - before.calls,
      waitedMs: part.waitedMs + now.waitedMs - before.waitedMs,
    };
  };
}

function accountsOfTeam(
  team: readonly TeamMember[],
  { platform, workspaceId }: RunConnectionRow,
): Pick<ConnectionAudit, "accountIds" | "usernames"> {
  const accountIds = new Map<PersonId, string[]>();
  const usernames = new Map<string, string>();
  for (const member of team) {
    accountIds.set(member.id, accountIdsIn(member, platform, workspaceId));
    for (const { platform: where, userId, username } of member.identities)
      if (where === platform && userId !== null && username !== null) usernames.set(userId, username);
  }
  return { accountIds, usernames };
}

/** A connection that was removed while its run was paused; adding it again gives it the same id. */
function removedConnection(connectionId: ConnectionId): Failure {
  return failure("keychain/secret-missing", { connectionId });
}
