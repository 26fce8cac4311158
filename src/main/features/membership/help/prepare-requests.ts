import { randomUUID } from "node:crypto";
import {
  deleteHelpRequests,
  type HelpRequestRow,
  insertHelpRequests,
  listHelpRequests,
} from "#main/store/queries/help-requests.ts";
import type { FindStep } from "#shared/contract/membership.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId, GroupKey } from "#shared/domain/ids.ts";
import {
  type HelpPurpose,
  type HelpRequest,
  HelpRequestId,
  type OffboardingId,
} from "#shared/domain/offboarding.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import type { LiveReading, Pace } from "../plan/live-reading.ts";
import { joinWorld } from "../plan/plan-world.ts";
import { readLive } from "../plan/read-live.ts";
import { readStoredWorld } from "../plan/stored-world.ts";
import { mayDo, viewFor } from "../policy/ability.ts";
import { greetingOf } from "../policy/greeting.ts";
import { fillTemplate } from "../policy/help-text.ts";
import type { PlanGroup } from "../policy/plan-facts.ts";
import { chooseWhomToAsk } from "../policy/whom-to-ask.ts";
import { describeRequests } from "./describe-requests.ts";
import { readAble } from "./read-able.ts";

/** What is to be asked for. */
export interface Wanted {
  readonly purpose: HelpPurpose;
  /** Null for every Telegram group in which we may not rename. */
  readonly groupKeys: readonly GroupKey[] | null;
  readonly template: string;
  readonly offboardingId: OffboardingId | null;
  /** Who leaves; null when nobody does. */
  readonly leaving: { readonly name: string; readonly userIds: ReadonlySet<string> } | null;
}

export interface Prepared {
  readonly requests: readonly HelpRequest[];
  readonly problems: FindStep["problems"];
}

/** Reads which groups there are, and what we may do in them: nobody in particular is looked for. */
export async function readRights(
  deps: MembershipDeps,
  connections: readonly Connection[],
  pace: Pace,
): Promise<LiveReading[]> {
  return Promise.all(
    connections.map((connection) =>
      readLive(
        deps.connections,
        { connection, accounts: [], groups: null, proof: "cheap", history: false },
        pace,
        () => {},
      ),
    ),
  );
}

/**
 * Finds whom to ask in each group, and keeps a message to them as a draft; an earlier draft for the same is replaced, and
 * one that went out already is left alone. A group in which nobody can be named gets a message to nobody, which can be
 * copied. Groups in which we have the right ourselves are left out.
 */
export async function prepareRequests(deps: MembershipDeps, wanted: Wanted, pace: Pace): Promise<Prepared> {
  const { store } = deps;
  const all = await deps.connections.listAuditable();
  const connections = all.filter(({ platform }) => isAsked(platform, wanted.groupKeys));
  const readings = await readRights(deps, connections, pace);
  const stored = await readStoredWorld(store.read, deps.coverage);
  const world = joinWorld({ connections, readings, stored });
  const groups =
    wanted.groupKeys === null
      ? world
          .allGroups()
          .filter(({ platform, views }) => platform === "telegram" && views[0]?.evidence === "live")
      : [...new Set(wanted.groupKeys.map(world.currentKeyOf))].map(world.groupOf);
  const open = groups.flatMap((group) => {
    const view = viewFor("rename", group);
    if (view === undefined) return [];
    // Who leaves has to hand over what they own, whatever else we may do there.
    const mayDoAll = wanted.leaving === null ? mayDo("rename", group, view) === true : view.right === "owner";
    const isOurs = wanted.purpose === "ownership" && mayDoAll;
    return isOurs ? [] : [{ group, connectionId: view.connectionId }];
  });
  const { able, problems } = await readAble(
    deps.connections,
    open.map(({ group, connectionId }) => ({ ...group, connectionId })),
    pace,
  );
  const { team } = await deps.team.get();
  const ours = new Set(all.map(({ userId }) => userId));
  const drafts = open.map(({ group, connectionId }) => {
    const leaving = wanted.leaving?.userIds ?? new Set<string>();
    const ask = chooseWhomToAsk(able.get(group.key) ?? [], wanted.purpose, { ours, leaving });
    const me = nameOf(all, team, connectionId);
    const text = fillTemplate(wanted.template, {
      name: ask === null ? "all" : greetingOf(ask, group, team),
      group: group.name,
      person: wanted.leaving?.name ?? me,
      me,
    });
    return { group, connectionId, ask, text };
  });
  const ids = await store.write((writer) => keep(deps, writer, wanted, drafts));
  const rows = (await listHelpRequests(store.read)).filter(({ id }) => ids.includes(id));
  const reading = new Map(
    readings.flatMap(({ connection, problem }) => (problem ? [[connection.id, problem]] : [])),
  );
  return {
    requests: await describeRequests(store.read, rows),
    problems: problemsOf(connections, new Map([...problems, ...reading])),
  };
}

type Draft = {
  readonly group: PlanGroup;
  readonly connectionId: ConnectionId;
  readonly ask: ReturnType<typeof chooseWhomToAsk>;
  readonly text: string;
};

async function keep(
  deps: MembershipDeps,
  writer: Parameters<Parameters<MembershipDeps["store"]["write"]>[0]>[0],
  { purpose, offboardingId }: Wanted,
  drafts: readonly Draft[],
): Promise<HelpRequestId[]> {
  const nowMs = deps.clock.nowMs();
  const before = (await describeRequests(writer, await listHelpRequests(writer))).filter(
    (request) => request.purpose === purpose && request.offboardingId === offboardingId,
  );
  const isOut = (key: GroupKey) =>
    before.some(
      ({ groupKey, state, sending }) =>
        groupKey === key &&
        (state === "copied" || state === "sent" || (state === "draft" && sending !== null)),
    );
  const fresh = drafts.filter(({ group }) => !isOut(group.key));
  const keys = new Set(fresh.map(({ group }) => group.key));
  await deleteHelpRequests(
    writer,
    before
      .filter(({ groupKey, state, sending }) => keys.has(groupKey) && state === "draft" && sending === null)
      .map(({ id }) => id),
  );
  const rows = fresh.map(({ group, connectionId, ask, text }): HelpRequestRow => ({
    id: HelpRequestId.parse(`help-${randomUUID()}`),
    purpose,
    offboardingId,
    groupKey: group.key,
    groupName: group.name,
    platform: group.platform,
    connectionId,
    askUserId: ask?.userId ?? null,
    askName: ask?.name ?? null,
    askRole: ask?.role ?? null,
    text,
    state: "draft",
    note: ask === null ? "Nobody who could do it is shown to us: ask in the group." : null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }));
  await insertHelpRequests(writer, rows);
  await deps.activity.record(writer, {
    action: "help.prepared",
    target: offboardingId,
    why: purpose,
    outcome: "done",
    details: {
      purpose,
      requests: rows.length,
      withoutAnybody: rows.filter((row) => row.askUserId === null).length,
    },
  });
  deps.store.afterCommit(() => deps.announce("offboardings"));
  const out = before.filter(
    ({ groupKey }) => drafts.some(({ group }) => group.key === groupKey) && isOut(groupKey),
  );
  return [...rows.map(({ id }) => id), ...out.map(({ id }) => id)];
}

function isAsked(platform: Connection["platform"], groupKeys: readonly GroupKey[] | null): boolean {
  if (groupKeys === null) return platform === "telegram";
  return groupKeys.some((key) => key.startsWith(`${platform}:`));
}

/** How we are called: as in the team, else as the platform has the account. */
function nameOf(connections: readonly Connection[], team: readonly TeamMember[], id: ConnectionId): string {
  const connection = connections.find((each) => each.id === id);
  const member = team.find(({ identities }) =>
    identities.some(
      ({ platform, userId }) => platform === connection?.platform && userId === connection.userId,
    ),
  );
  return member?.name ?? connection?.userName ?? "";
}

export function problemsOf(
  connections: readonly Connection[],
  problems: ReadonlyMap<ConnectionId, Failure>,
): FindStep["problems"] {
  return connections.flatMap(({ id: connectionId, label }) => {
    const found = problems.get(connectionId);
    return found === undefined ? [] : [{ connectionId, label, failure: found }];
  });
}
