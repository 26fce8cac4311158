import { openSlackSession } from "#main/platforms/slack/index.ts";
import type { Sandbox, SandboxReady } from "#sandbox/start-sandbox.ts";
import { compileGroupRules } from "#main/features/coverage/policy/group-rules.ts";
import { resolveRequirements } from "#main/features/coverage/policy/requirements.ts";
import type { SingleRunReport } from "#main/features/coverage/index.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import { CategoryId, PersonId } from "#shared/domain/ids.ts";
import { silentLog } from "#shared/lib/log.ts";
import { ok } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { labConnection, type SlackLabConnection } from "./coverage-lab.ts";

/** A sandbox of this process, or one of another process whose truth was asked for. */
export interface TruthTeller {
  readonly control: Pick<Sandbox["control"], "truth">;
}

/** The team of a sandbox's world under rules that ask for everybody everywhere. */
export function teamOf({ control }: TruthTeller): TeamAndRules {
  const { people } = control.truth();
  return {
    team: people
      .filter((person) => person.team)
      .map((person) => ({
        id: PersonId.parse(person.id),
        name: person.name,
        role: person.role,
        status: person.status ?? "active",
        email: person.email,
        identities: [
          {
            platform: "slack",
            workspaceId: null,
            userId: person.slackUserId,
            username: person.slackUsername,
            state: "resolved",
            checkedAtMs: null,
          },
        ],
      })),
    rules: {
      customerGroups: { include: ["*bitsafe*", "*ibtc*"], exclude: [] },
      categories: [
        {
          id: CategoryId.parse("internal"),
          name: "Internal",
          matchers: [{ kind: "pattern", pattern: "*internal*" }],
          requirements: [{ target: { kind: "role", role: "bd" }, level: "required" }],
          expectPrivate: true,
        },
        {
          id: CategoryId.parse("customers"),
          name: "Customers",
          matchers: [{ kind: "pattern", pattern: "*" }],
          requirements: [{ target: { kind: "everyone" }, level: "required" }],
          expectPrivate: true,
        },
      ],
      deprecatedTerms: [{ term: "iBTC", replacement: "BitSafe" }],
    },
  };
}

/** The sandbox's full user token as a connection. */
export function connectionTo(
  { ready: { slack } }: { readonly ready: SandboxReady },
  options: { limitWindowMs?: number; deadlineMs?: number } = {},
): SlackLabConnection {
  const session = openSlackSession({
    token: slack.tokens.full,
    apiUrl: slack.apiUrl,
    clock: systemClock,
    log: silentLog,
    retryPauseMs: 5,
    ...options,
  });
  return {
    connection: labConnection(slack.teamId, slack.tokenOwnerId, { apiUrl: slack.apiUrl }),
    open: () => ok(session),
  };
}

/** What a perfect audit of the sandbox would say of every cell: `<group id> <person id>` to presence. */
export function expectedCells(sandbox: Sandbox, { team, rules }: TeamAndRules): Record<string, string> {
  const truth = sandbox.control.truth();
  const compiled = compileGroupRules(rules);
  const slackIds = new Map(truth.people.map((person) => [person.id, person.slackUserId]));
  const cells: Record<string, string> = {};
  for (const group of truth.groups) {
    const named = { platform: "slack" as const, groupId: group.id, name: group.name };
    if (!group.visibleToToken || !compiled.isCustomerGroup(named)) continue;
    const members = new Set(group.memberIds);
    for (const personId of resolveRequirements(compiled.findCategory(named), team).keys())
      cells[`${group.id} ${personId}`] = members.has(slackIds.get(personId) ?? "") ? "present" : "absent";
  }
  return cells;
}

/** The same shape from a report. */
export function settledCells(report: SingleRunReport): Record<string, string> {
  const ids = new Map(report.groups.map((group) => [group.key, group.groupId]));
  return Object.fromEntries(
    report.results.map(({ groupKey, personId, presence, reason }) => [
      `${ids.get(groupKey)} ${personId}`,
      reason === null ? presence : `${presence}: ${reason}`,
    ]),
  );
}
