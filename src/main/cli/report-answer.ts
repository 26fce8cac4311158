import type { SingleRunReport } from "#main/features/coverage/index.ts";
import type { GroupKey, Platform } from "#shared/domain/ids.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { assert } from "#shared/lib/assert.ts";
import { table } from "./terminal.ts";

/** A run as `--json` prints it and as a person reads it. Documented in docs/command-line.md. */
export function describeReport(
  report: SingleRunReport,
  team: readonly TeamMember[],
): { answer: object; lines: string[] } {
  const { run } = report;
  const groups = new Map(report.groups.map((group) => [group.key, group]));
  const placeOf = (key: GroupKey): { platform: Platform; groupId: string } => {
    const group = groups.get(key);
    assert(group, `a result about a group that is not of its run: ${key}`);
    return { platform: group.platform, groupId: group.groupId };
  };
  const members = new Map(team.map((member) => [member.id, member]));
  const answer = {
    runId: run.id,
    state: run.state,
    strategy: run.strategy,
    platforms: run.platforms,
    sandbox: run.isSandbox,
    startedAtMs: run.startedAtMs,
    finishedAtMs: run.finishedAtMs,
    calls: run.calls,
    waitedMs: run.waitedMs,
    elapsedMs: run.elapsedMs,
    groups: run.groups,
    people: run.people,
    present: run.present,
    absent: run.absent,
    unknown: run.unknown,
    failure: run.failure,
    results: report.results.map(({ groupKey, personId, level, presence, reason }) => ({
      ...placeOf(groupKey),
      personId,
      level,
      presence,
      reason,
    })),
    findings: report.findings.map(({ kind, groupKey, personId }) => ({
      kind,
      ...placeOf(groupKey),
      ...(personId === null ? {} : { personId }),
    })),
    groupList: report.groups.map(
      ({ platform, workspaceId, groupId, name, privacy, isArchived, categoryId, memberCount, telegram }) => ({
        platform,
        workspaceId,
        groupId,
        name,
        privacy,
        isArchived,
        categoryId,
        memberCount,
        telegram,
      }),
    ),
    personList: report.people.map(({ personId, name, role }) => ({
      personId,
      name,
      role,
      identities: (members.get(personId)?.identities ?? []).map(
        ({ platform, workspaceId, userId, username }) => ({ platform, workspaceId, userId, username }),
      ),
    })),
  };
  return { answer, lines: summaryLines(report) };
}

function summaryLines(report: SingleRunReport): string[] {
  const { run, findings } = report;
  const counted = new Map<string, number>();
  for (const { kind } of findings) counted.set(kind, (counted.get(kind) ?? 0) + 1);
  const settled = run.present + run.absent + run.unknown;
  return [
    `Audit ${run.id}: ${run.state}`,
    ...table([
      ["  groups", String(run.groups)],
      ["  people", String(run.people)],
      ["  present", `${run.present} of ${settled}`],
      ["  absent", String(run.absent)],
      ["  unknown", String(run.unknown)],
      ["  strategy", run.strategy ?? "mixed"],
      ["  calls", String(run.calls)],
      ["  time", `${seconds(run.elapsedMs)}, of which ${seconds(run.waitedMs)} waiting for limits`],
    ]),
    ...(findings.length === 0 ? ["No findings."] : ["Findings:"]),
    ...table([...counted].toSorted().map(([kind, count]) => [`  ${kind}`, String(count)])),
  ];
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1_000).toFixed(1)} s`;
}
