import type { FindStep } from "#shared/contract/membership.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { PersonId, Platform } from "#shared/domain/ids.ts";
import type { Wait } from "#shared/domain/job.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import type { LiveQuestion, LiveReading } from "../plan/live-reading.ts";
import { readLive } from "../plan/read-live.ts";
import { accountsIn } from "../policy/account-choice.ts";
import { gatherFound } from "./gather-found.ts";
import { type Counts, tellWhile } from "./tell-while.ts";
import { unmetAccounts } from "./unmet-accounts.ts";

export interface FindInput {
  /** Null for every group of the accounts. */
  readonly personId: PersonId | null;
  readonly platforms: readonly Platform[];
}

/** The finding part of the door. */
export interface FindingDoor {
  /**
   * Asks the platforms where somebody is, and what we may do there. The last step has the groups: those the person is in,
   * or may be in where that cannot be known, each once, with the account of ours that has the best right. Connections that
   * could not be asked are named. `input/not-found` when nobody of the team has this id.
   */
  find(input: FindInput, signal: AbortSignal): Promise<Result<AsyncGenerator<FindStep, void, void>, Failure>>;
}

export function createFinding(deps: MembershipDeps): FindingDoor {
  return {
    async find({ personId, platforms }, signal) {
      const { team } = await deps.team.get();
      const person = personId === null ? null : team.find(({ id }) => id === personId);
      if (person === undefined) return err(failure("input/not-found", { personId }));
      const connections = await deps.connections.listAuditable();
      const asked = connections.filter(({ platform }) => platforms.includes(platform));
      return ok(look(deps, asked, person, signal));
    },
  };
}

async function* look(
  deps: MembershipDeps,
  connections: readonly Connection[],
  person: TeamMember | null,
  signal: AbortSignal,
): AsyncGenerator<FindStep, void, void> {
  const counts: Counts = { done: 0, total: 0 };
  const waiting = new Map<Connection["id"], Wait | null>();
  const readings = yield* tellWhile({
    clock: deps.clock,
    signal,
    counts,
    work: (pace) =>
      Promise.all(
        connections.map((connection) =>
          readLive(deps.connections, questionAbout(connection, person), pace, (wait) => {
            waiting.set(connection.id, wait);
          }),
        ),
      ),
    tell: (): FindStep => ({ ...counts, groups: null, problems: [], waits: waitsOf(connections, waiting) }),
  });
  if (readings === null) return;
  const order = connections.map(({ id }) => id);
  yield {
    ...counts,
    groups: gatherFound(readings, person, order),
    problems: problemsOf(readings, person),
    waits: [],
  };
}

function waitsOf(
  connections: readonly Connection[],
  waiting: ReadonlyMap<Connection["id"], Wait | null>,
): FindStep["waits"] {
  return connections.flatMap(({ id: connectionId, label }) => {
    const wait = waiting.get(connectionId);
    return wait ? [{ connectionId, label, wait }] : [];
  });
}

/** Where somebody is, with every proof there is. */
export function questionAbout(connection: Connection, person: TeamMember | null): LiveQuestion {
  const { platform, workspaceId } = connection;
  return {
    connection,
    accounts: person === null ? [] : accountsIn(person, platform, workspaceId),
    groups: null,
    proof: "everywhere",
    history: false,
  };
}

/**
 * What could not be asked; whom a Telegram account has not met, and somebody without an account, who is nowhere as far as
 * anybody can know, is told, too.
 */
function problemsOf(readings: readonly LiveReading[], person: TeamMember | null): FindStep["problems"] {
  return readings.flatMap((reading) => {
    const { id: connectionId, label } = reading.connection;
    const notLooked = person === null ? null : whyNotLooked(reading, readings, person);
    const told = reading.isListed ? (notLooked ?? reading.problem) : (reading.problem ?? notLooked);
    return told === null ? [] : [{ connectionId, label, failure: told }];
  });
}

function whyNotLooked(
  reading: LiveReading,
  readings: readonly LiveReading[],
  person: TeamMember,
): Failure | null {
  const { platform, workspaceId } = reading.connection;
  const { name } = person;
  if (accountsIn(person, platform, workspaceId).length === 0)
    return failure("membership/no-account", { name, platform });
  const [unmet] = unmetAccounts(reading, readings, person);
  return unmet === undefined ? null : failure("telegram/not-met", { name, userId: unmet.userId });
}
