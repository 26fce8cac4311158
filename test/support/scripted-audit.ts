import { listRunPeople } from "#main/store/queries/coverage-evidence.ts";
import { readDenials, readGroups, readSightings } from "#main/features/coverage/audit/evidence-reader.ts";
import type { SingleRunReport } from "#main/features/coverage/index.ts";
import type { Store } from "#main/store/index.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { FactsChoice, StrategyChoice } from "#shared/domain/coverage.ts";
import { CategoryId, ConnectionId, PersonId, type RunId } from "#shared/domain/ids.ts";
import type { Rules } from "#shared/domain/rules.ts";
import type { MemberStatus } from "#shared/domain/team.ts";
import { ok } from "#shared/lib/result.ts";
import {
  labConnection,
  type CoverageLab,
  type SlackLabConnection,
  type TelegramLabConnection,
} from "./coverage-lab.ts";
import type { ScriptedSlack } from "./scripted-slack.ts";
import type { ScriptedTelegram } from "./scripted-telegram.ts";

/** A team of people known by their Slack id alone (null: none recorded), all required in every customer group. */
export function smallTeam(
  people: Readonly<Record<string, { userId: string | null; status?: MemberStatus; role?: string }>>,
): TeamAndRules {
  return {
    team: Object.entries(people).map(([name, { userId, status, role }]) => ({
      id: PersonId.parse(name),
      name,
      role: role ?? null,
      status: status ?? "active",
      email: null,
      identities: [
        {
          platform: "slack" as const,
          workspaceId: null,
          userId,
          username: name,
          state: "resolved" as const,
          checkedAtMs: null,
        },
      ],
    })),
    rules: {
      customerGroups: { include: ["*bitsafe*"], exclude: [] },
      categories: [
        {
          id: CategoryId.parse("customers"),
          name: "Customers",
          matchers: [{ kind: "pattern", pattern: "*" }],
          requirements: [{ target: { kind: "everyone" }, level: "required" }],
          expectPrivate: false,
        },
      ],
      deprecatedTerms: [],
    },
  };
}

/** The scripted Slack as a connection of workspace `T1` by user `UOWNER`. */
export function scriptedConnection(
  slack: ScriptedSlack,
  workspaceId = "T1",
  userId = "UOWNER",
): SlackLabConnection {
  return { connection: labConnection(workspaceId, userId), open: () => ok(slack.session) };
}

/** The scripted Telegram as a connection of the account `1`. */
export function telegramConnection(telegram: ScriptedTelegram, userId = "1"): TelegramLabConnection {
  return {
    connection: labConnection("-", userId, {
      id: ConnectionId.parse(`telegram:-:${userId}`),
      platform: "telegram",
      workspaceId: null,
      label: `Account ${userId}`,
    }),
    openTelegram: () => ok(telegram.session),
  };
}

/** People known by Telegram ids (several are several accounts), and by usernames where they have any. */
export function telegramTeam(
  people: Readonly<Record<string, { readonly ids: readonly string[]; readonly username?: string }>>,
  rules: Partial<Rules> = {},
): TeamAndRules {
  const base = smallTeam(Object.fromEntries(Object.keys(people).map((name) => [name, { userId: null }])));
  return {
    team: base.team.map((member) => ({
      ...member,
      identities: (people[member.id]?.ids ?? []).map((userId) => ({
        platform: "telegram" as const,
        workspaceId: null,
        userId,
        username: people[member.id]?.username ?? null,
        state: "resolved" as const,
        checkedAtMs: null,
      })),
    })),
    rules: { ...base.rules, ...rules },
  };
}

/** Starts an audit of everything. */
export async function startAudit(
  lab: CoverageLab,
  strategy: StrategyChoice,
  facts: FactsChoice = "needed",
): Promise<RunId> {
  const started = await lab.coverage.start({ connectionIds: [], strategy, facts }, "console");
  if (!started.ok) throw new Error(started.error.code);
  return started.value.runId;
}

/** The report of a run that has come to rest. */
export async function reportOf(lab: CoverageLab, runId: RunId): Promise<SingleRunReport> {
  await lab.coverage.waitForEnd(runId);
  const report = await lab.coverage.getReport(runId);
  if (!report.ok) throw new Error(report.error.code);
  return report.value;
}

/** Group name → person → presence, or the reason why it is unknown. */
export function cellsOf(report: SingleRunReport): Record<string, Record<string, string>> {
  const cells: Record<string, Record<string, string>> = {};
  for (const group of report.groups) {
    cells[group.name] = Object.fromEntries(
      report.results
        .filter((result) => result.groupKey === group.key)
        .map((result) => [result.personId, result.reason ?? result.presence]),
    );
  }
  return cells;
}

/** Everything a run left in the database that does not say when or at what cost. */
export async function storedRows(
  store: Store,
  runId: RunId,
  report: SingleRunReport,
): Promise<Record<string, unknown>> {
  const sightings = await readSightings(store.read, runId);
  const denials = await readDenials(store.read, runId);
  return {
    denials: [...denials].map(([groupKey, accounts]) => [groupKey, [...accounts].toSorted()]),
    groups: (await readGroups(store.read, runId)).map(withoutRun),
    people: (await listRunPeople(store.read, runId)).map(withoutRun),
    sightings: [...sightings].map(([groupKey, people]) => [groupKey, [...people].toSorted()]),
    results: report.results,
    findings: report.findings,
    state: report.run.state,
    totals: [report.run.present, report.run.absent, report.run.unknown, report.run.groups, report.run.people],
  };
}

function withoutRun<Row extends { runId: RunId }>(row: Row): Partial<Row> {
  return { ...row, runId: undefined };
}
