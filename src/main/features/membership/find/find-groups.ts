import type { FindStep } from "#shared/contract/membership.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { PersonId, Platform } from "#shared/domain/ids.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import type { LiveQuestion, LiveReading, Pace } from "../plan/live-reading.ts";
import { readLive } from "../plan/read-live.ts";
import { accountsIn } from "../policy/account-choice.ts";
import { gatherFound } from "./gather-found.ts";

/** What is told of a look that goes on: at most so often. */
const GAP_MS = 100;

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
  const counts = { done: 0, total: 0 };
  const abort = new AbortController();
  const both = AbortSignal.any([signal, abort.signal]);
  const order = connections.map(({ id }) => id);
  const reading = Promise.all(
    connections.map((connection) =>
      readLive(deps.connections, questionAbout(connection, person), createPace(both, counts), () => {}),
    ),
  );
  // It is awaited below; until then a rejection is not nobody's.
  reading.catch(() => {});
  try {
    for (;;) {
      yield { ...counts, groups: null, problems: [] };
      const lap = new AbortController();
      const pause = deps.clock.sleep(GAP_MS, lap.signal).then(
        () => null,
        () => null,
      );
      const readings = await Promise.race([reading, pause]);
      lap.abort();
      if (readings === null) continue;
      yield {
        ...counts,
        groups: gatherFound(readings, person, order),
        problems: problemsOf(readings, person),
      };
      return;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    abort.abort(new DOMException("nobody listens any more", "AbortError"));
  }
}

function questionAbout(connection: Connection, person: TeamMember | null): LiveQuestion {
  const { platform, workspaceId } = connection;
  return {
    connection,
    accounts: person === null ? [] : accountsIn(person, platform, workspaceId),
    groups: null,
    proof: "everywhere",
    history: false,
  };
}

/** Counts what is asked; several at once, in the order given. */
function createPace(signal: AbortSignal, counts: { done: number; total: number }): Pace {
  return {
    signal,
    async each(items, atOnce, act) {
      counts.total += items.length;
      const left = items.values();
      let stopped: Failure | null = null;
      const work = async (): Promise<void> => {
        for (const item of left) {
          if (stopped !== null) return;
          signal.throwIfAborted();
          stopped = (await act(item)) ?? stopped;
          counts.done++;
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
      return stopped === null;
    },
  };
}

/** What could not be asked; somebody without an account is nowhere as far as anybody can know, which is told, too. */
function problemsOf(readings: readonly LiveReading[], person: TeamMember | null): FindStep["problems"] {
  return readings.flatMap(({ connection, problem }) => {
    const { id: connectionId, label, platform, workspaceId } = connection;
    const isNobody = person !== null && accountsIn(person, platform, workspaceId).length === 0;
    const told =
      problem ?? (isNobody ? failure("membership/no-account", { name: person.name, platform }) : null);
    return told === null ? [] : [{ connectionId, label, failure: told }];
  });
}
