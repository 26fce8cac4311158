import { listMembers, putMember } from "#main/store/queries/team.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Identity, TeamMember } from "#shared/domain/team.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { lookUpPeople } from "./look-up-people.ts";
import { type Directory, resolveMember } from "./policy/identity.ts";
import { findIdentityClash } from "./policy/member.ts";
import type { TeamDeps } from "./team-deps.ts";

export interface ResolveCounts {
  readonly resolved: number;
  readonly changed: number;
  readonly unresolved: number;
}

/** See `Team.resolveIdentities`. */
export async function resolveIdentities(
  deps: TeamDeps,
  signal: AbortSignal,
): Promise<Result<ResolveCounts, Failure>> {
  const team = await listMembers(deps.store.read);
  const { directories, failures } = await readDirectories(deps, team, signal);
  const [failed] = failures;
  if (directories.length === 0 && failed) return err(failed);
  const isEverywhere = failures.length === 0;
  const counts = await save(deps, team, directories, isEverywhere);
  return failed ? err(failed) : ok(counts);
}

async function readDirectories(deps: TeamDeps, team: readonly TeamMember[], signal: AbortSignal) {
  const directories: Directory[] = [];
  const failures: Failure[] = [];
  const workspaces = Map.groupBy(
    (await deps.connections.list()).filter(({ platform }) => platform === "slack"),
    ({ workspaceId }) => workspaceId,
  );
  for (const [workspaceId, connections] of workspaces) {
    const directory = await readDirectory(deps, workspaceId, connections, team, signal);
    if (directory.ok) directories.push(directory.value);
    else failures.push(directory.error);
  }
  return { directories, failures };
}

/** Any account of the workspace will do, so the next is tried where one cannot. */
async function readDirectory(
  { connections: door, log }: TeamDeps,
  workspaceId: string | null,
  connections: readonly Connection[],
  team: readonly TeamMember[],
  signal: AbortSignal,
): Promise<Result<Directory, Failure>> {
  let last: Result<Directory, Failure> | null = null;
  const readyFirst = connections.toSorted(
    (a, b) => Number(b.state === "ready") - Number(a.state === "ready"),
  );
  for (const { id } of readyFirst) {
    const session = await door.openSession(id);
    last = session.ok ? await lookUpPeople(session.value, workspaceId, team, { signal, log }) : session;
    if (last.ok) return last;
  }
  return last ?? ok({ workspaceId, accounts: [], isComplete: false, missingIds: new Set() });
}

/** Only members who still are as they were when they were looked up are brought up to date. */
async function save(
  { store, clock, activity, announce }: TeamDeps,
  asked: readonly TeamMember[],
  directories: readonly Directory[],
  isEverywhere: boolean,
): Promise<ResolveCounts> {
  const atMs = clock.nowMs();
  const askedFor = new Map(asked.map((member) => [member.id, namesOf(member.identities)]));
  const counts = await store.write(async (writer) => {
    const team = await listMembers(writer);
    let changed = 0;
    for (const [at, member] of team.entries()) {
      if (askedFor.get(member.id) !== namesOf(member.identities)) continue;
      const identities = resolveMember(member, directories, { isEverywhere, atMs });
      const resolved = withoutClash({ ...member, identities }, member, team);
      if (JSON.stringify(resolved) === JSON.stringify(member)) continue;
      if (statesOf(resolved) !== statesOf(member)) changed += 1;
      await putMember(writer, resolved);
      team[at] = resolved;
    }
    const totals = { ...countStates(team), changed };
    await activity.record(writer, { action: "team.identities-resolved", outcome: "done", details: totals });
    return totals;
  });
  announce("team");
  announce("activity");
  return counts;
}

/** Two members cannot be one account: who was not there first stays open, for the operator to tell. */
function withoutClash(resolved: TeamMember, before: TeamMember, team: readonly TeamMember[]): TeamMember {
  const clash = findIdentityClash(resolved, team);
  if (!clash) return resolved;
  const identities = before.identities.map((identity): Identity =>
    identity.platform === "slack" && identity.userId === null
      ? { ...identity, state: "ambiguous", checkedAtMs: clash.identity.checkedAtMs }
      : identity,
  );
  return { ...before, identities };
}

function countStates(team: readonly TeamMember[]): Omit<ResolveCounts, "changed"> {
  const slack = team.map(({ identities }) => identities.filter(({ platform }) => platform === "slack"));
  const resolved = slack.flat().filter(({ state }) => state === "resolved").length;
  // Somebody without any account counts as one that was not resolved.
  const wanted = slack.reduce((sum, identities) => sum + Math.max(1, identities.length), 0);
  return { resolved, unresolved: wanted - resolved };
}

function namesOf(identities: readonly Identity[]): string {
  return JSON.stringify(
    identities.map(({ platform, workspaceId, userId, username }) => [
      platform,
      workspaceId,
      userId,
      username,
    ]),
  );
}

function statesOf({ identities }: TeamMember): string {
  return JSON.stringify(identities.map((identity) => ({ ...identity, checkedAtMs: null })));
}
