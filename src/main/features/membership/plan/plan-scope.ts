import { setImmediate as nextTurn } from "node:timers/promises";
import type { Connection } from "#shared/domain/connection.ts";
import type { GroupKey, PersonId, Platform } from "#shared/domain/ids.ts";
import type { OperationRequest } from "#shared/domain/operation.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { assert } from "#shared/lib/assert.ts";
import { accountsIn } from "../policy/account-choice.ts";
import { type PastStep, type Sequel, sequelOf } from "../policy/past-steps.ts";
import { chooseGroups, choosePeople, expandTargets, type TargetPair } from "../policy/target-pairs.ts";
import type { AskedAccount, LiveQuestion } from "./live-reading.ts";
import type { StoredWorld } from "./stored-world.ts";

/** What a plan is about, and whom it takes to know it. */
export interface PlanScope {
  /** Every connection that could take part, in the order they were added. */
  readonly connections: readonly Connection[];
  /** Add and remove. */
  readonly pairs: readonly TargetPair[];
  /** Rename and history. */
  readonly groupKeys: readonly GroupKey[];
  /** What follows from the operation that is taken back or gone on with; null when there is none. */
  readonly sequel: Sequel | null;
  /** What to ask live, one for each connection that is worth asking. */
  readonly questions: readonly LiveQuestion[];
}

/** Somebody's being in a group, as a question. */
interface AskedPair {
  readonly groupKey: GroupKey;
  /** Who, where the account follows from the team; otherwise the account itself. */
  readonly who: { readonly personId: PersonId } | AskedAccount;
}

interface Aims {
  readonly pairs: readonly TargetPair[];
  readonly groupKeys: readonly GroupKey[];
  readonly platforms: readonly Platform[];
  readonly asked: readonly AskedPair[];
  /** Whose accounts have to be known wherever it is to be: no group to ask about is there yet. */
  readonly people: readonly PersonId[];
  /** The groups that matter; null for all. */
  readonly about: readonly GroupKey[] | null;
  readonly proof: LiveQuestion["proof"];
  readonly history: boolean;
  /** Only this connection, or these. */
  readonly only: readonly Connection["id"][] | null;
}

/** Decides whom to ask what, from the request and what is stored. Takes a few turns where tens of thousands are meant. */
export async function decideScope(
  request: OperationRequest,
  known: {
    readonly connections: readonly Connection[];
    readonly team: readonly TeamMember[];
    readonly stored: StoredWorld;
    readonly past: readonly PastStep[];
  },
): Promise<PlanScope> {
  const sequel =
    request.kind === "undo" || request.kind === "rest" ? sequelOf(request.kind, known.past) : null;
  await nextTurn();
  const aims = aimsOf(request, { ...known, sequel });
  const connections = known.connections.filter(
    ({ id, platform }) => aims.platforms.includes(platform) && (aims.only?.includes(id) ?? true),
  );
  const questions: LiveQuestion[] = [];
  for (const connection of connections) {
    await nextTurn();
    const question = questionFor(connection, aims, known.team);
    if (question !== null) questions.push(question);
  }
  return { connections, pairs: aims.pairs, groupKeys: aims.groupKeys, sequel, questions };
}

function aimsOf(
  request: OperationRequest,
  known: {
    readonly connections: readonly Connection[];
    readonly team: readonly TeamMember[];
    readonly stored: StoredWorld;
    readonly past: readonly PastStep[];
    readonly sequel: Sequel | null;
  },
): Aims {
  const { stored, team } = known;
  const currentKeyOf = (key: GroupKey) => stored.migrations.get(key) ?? key;
  const targets = { team, groups: stored.customerGroups, gaps: stored.gaps, currentKeyOf };
  const onPlatforms = (keys: readonly GroupKey[], platforms: readonly Platform[]) => [
    ...new Set(
      keys.map(currentKeyOf).filter((key) => platforms.some((platform) => key.startsWith(`${platform}:`))),
    ),
  ];
  const nothing = {
    pairs: [],
    groupKeys: [],
    asked: [],
    people: [],
    proof: "cheap",
    history: false,
    only: null,
  } as const;
  switch (request.kind) {
    case "add":
    case "remove": {
      const pairs = expandTargets(request.targets, request.platforms, request.kind, targets);
      return {
        ...nothing,
        platforms: request.platforms,
        pairs,
        asked: pairs.map(({ groupKey, personId }) => ({ groupKey, who: { personId } })),
        about: pairs.map(({ groupKey }) => groupKey),
        proof: request.kind === "remove" ? "where-allowed" : "cheap",
      };
    }
    case "rename": {
      const groupKeys = onPlatforms(chooseGroups(request.groups, targets), request.platforms);
      return { ...nothing, platforms: request.platforms, groupKeys, about: groupKeys };
    }
    case "history": {
      const groupKeys = onPlatforms(chooseGroups(request.groups, targets), ["telegram"]);
      return { ...nothing, platforms: ["telegram"], groupKeys, about: groupKeys, history: true };
    }
    case "create": {
      const { connectionId, people } = request.template;
      const platforms = known.connections.flatMap(({ id, platform }) =>
        id === connectionId ? platform : [],
      );
      // A new group needs the names that are taken, and members whose accounts are in use; nobody's being anywhere.
      return {
        ...nothing,
        platforms,
        people: choosePeople(people, team, "add"),
        about: null,
        proof: "nowhere",
        only: [connectionId],
      };
    }
    case "message": {
      const only = [...new Set(request.messages.map(({ connectionId }) => connectionId))];
      const about = request.messages.flatMap(({ groupKey }) => groupKey ?? []);
      return { ...nothing, platforms: ["slack", "telegram"], about, only };
    }
    case "undo":
    case "rest":
      assert(known.sequel !== null, "a sequel was not decided on");
      return aimsOfSequel(known.sequel, known.past, nothing);
  }
}

function aimsOfSequel(
  sequel: Sequel,
  past: readonly PastStep[],
  nothing: Pick<Aims, "pairs" | "groupKeys" | "people" | "only">,
): Aims {
  const people = [...sequel.add, ...sequel.remove];
  return {
    ...nothing,
    platforms: [...new Set(past.map(({ platform }) => platform))],
    asked: people.map(({ groupKey, userId }) => ({ groupKey, who: { userId, username: null } })),
    about: [
      ...people.map(({ groupKey }) => groupKey),
      ...sequel.names.map(({ groupKey }) => groupKey),
      ...sequel.histories.map(({ groupKey }) => groupKey),
      ...sequel.others.flatMap(({ groupKey }) => groupKey ?? []),
    ],
    proof: sequel.remove.length > 0 ? "where-allowed" : "cheap",
    history: sequel.histories.length > 0,
  };
}

/** Null for a connection that has nothing to say about it: a workspace in which no group of it is. */
function questionFor(connection: Connection, aims: Aims, team: readonly TeamMember[]): LiveQuestion | null {
  const { platform, workspaceId } = connection;
  const isHere = (key: GroupKey) => key.startsWith(`${platform}:${workspaceId ?? "-"}:`);
  const about = aims.about?.filter(isHere) ?? null;
  if (about?.length === 0) return null;
  return {
    connection,
    accounts: accountsHere(
      [
        ...aims.asked.flatMap(({ groupKey, who }) => (isHere(groupKey) ? [who] : [])),
        ...aims.people.map((personId) => ({ personId })),
      ],
      connection,
      team,
    ),
    groups: about === null ? null : new Set(about),
    proof: aims.proof,
    history: aims.history,
  };
}

/** The accounts in question, each once. */
function accountsHere(
  asked: readonly AskedPair["who"][],
  { platform, workspaceId }: Connection,
  team: readonly TeamMember[],
): AskedAccount[] {
  const accounts = new Map<string, AskedAccount>();
  const people = new Set<PersonId>();
  for (const who of asked)
    if ("userId" in who) accounts.set(who.userId, who);
    else people.add(who.personId);
  const names = new Map(
    team.flatMap(({ identities }) => identities.map(({ userId, username }) => [userId, username])),
  );
  // A session that has not met somebody yet meets them by the name that the team has for the account.
  for (const [userId, account] of accounts)
    accounts.set(userId, { ...account, username: names.get(userId) ?? null });
  for (const member of team) {
    if (!people.has(member.id)) continue;
    for (const account of accountsIn(member, platform, workspaceId)) accounts.set(account.userId, account);
  }
  return [...accounts.values()];
}
