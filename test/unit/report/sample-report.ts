import type { RunReport } from "#main/features/coverage/report/run-report.ts";
import type { CoverageResult, Exclusion, Run, RunGroup, RunPerson } from "#shared/domain/coverage.ts";
import { failure } from "#shared/domain/failure.ts";
import {
  CategoryId,
  ExclusionId,
  type GroupKey,
  groupKeyOf,
  JobId,
  PersonId,
  RunId,
} from "#shared/domain/ids.ts";

/** When sample reports are written: 2026-11-03 12:00 UTC. */
export const SAMPLE_AT_MS = Date.UTC(2026, 10, 3, 12);

export function sampleRun(changes: Partial<Run> = {}): Run {
  return {
    id: RunId.parse("run-2"),
    jobId: JobId.parse("job-2"),
    state: "completed",
    trigger: "console",
    platforms: ["slack"],
    strategy: "inverse",
    strategies: [{ platform: "slack", strategy: "inverse" }],
    startedAtMs: SAMPLE_AT_MS - 60_000,
    finishedAtMs: SAMPLE_AT_MS - 30_000,
    calls: 12,
    waitedMs: 1_250,
    elapsedMs: 30_000,
    groups: 0,
    people: 0,
    present: 0,
    absent: 0,
    unknown: 0,
    failure: null,
    isSandbox: true,
    ...changes,
  };
}

export function sampleGroup(groupId: string, changes: Partial<RunGroup> = {}): RunGroup {
  return {
    key: groupKeyOf("slack", "T1", groupId),
    platform: "slack",
    workspaceId: "T1",
    groupId,
    name: `bitsafe-${groupId.toLowerCase()}`,
    privacy: "private",
    isArchived: false,
    isShared: false,
    memberCount: 7,
    categoryId: CategoryId.parse("bd-customer"),
    categoryName: "BD customer",
    requiresFullTeam: true,
    expectPrivate: true,
    expectHistoryVisible: false,
    expectAdminRight: false,
    telegram: null,
    migratedFrom: null,
    deprecatedTerms: [],
    suggestedName: null,
    unreadable: null,
    ...changes,
  };
}

export function samplePerson(id: string, name: string, role: string | null = null): RunPerson {
  return { personId: PersonId.parse(id), name, role };
}

export function sampleExclusion(
  groupKey: GroupKey,
  personId: string,
  changes: Partial<Exclusion> = {},
): Exclusion {
  return {
    id: ExclusionId.parse(`${groupKey}/${personId}`),
    groupKey,
    personId: PersonId.parse(personId),
    reason: "Agreed with the customer",
    owner: "Jonas",
    createdAtMs: SAMPLE_AT_MS - 86_400_000,
    expiresAtMs: null,
    ...changes,
  };
}

export function sampleResult(
  groupKey: GroupKey,
  personId: string,
  presence: CoverageResult["presence"],
  changes: Partial<CoverageResult> = {},
): CoverageResult {
  return {
    groupKey,
    personId: PersonId.parse(personId),
    level: "required",
    presence,
    reason: presence === "unknown" ? "no-identity" : null,
    ...changes,
  };
}

/** A report with no groups, people or results. */
export function emptyReport(): RunReport {
  return {
    run: sampleRun(),
    sources: [{ platform: "slack", run: sampleRun(), previousRun: null }],
    groups: [],
    people: [],
    results: [],
    findings: [],
    exclusions: [],
    changes: null,
  };
}

/** A small report in which everything a report can say occurs once. */
export function sampleReport(): RunReport {
  const acme = sampleGroup("C1", { name: "bitsafe-acme" });
  const beta = sampleGroup("C2", {
    name: "ibtc-beta",
    privacy: "public",
    deprecatedTerms: ["iBTC"],
    suggestedName: "BitSafe-beta",
    memberCount: null,
  });
  const gamma = sampleGroup("C3", {
    name: "bitsafe-gamma-intro",
    categoryId: CategoryId.parse("intro"),
    categoryName: "Intro",
    requiresFullTeam: false,
    expectPrivate: false,
    privacy: "public",
    unreadable: failure("slack/channel-not-found"),
  });
  const results = [
    sampleResult(acme.key, "ada", "present"),
    sampleResult(acme.key, "bo", "absent"),
    sampleResult(acme.key, "nw1", "present"),
    sampleResult(acme.key, "nw2", "absent", { level: "optional" }),
    sampleResult(beta.key, "ada", "absent"),
    sampleResult(beta.key, "bo", "present"),
    sampleResult(beta.key, "nw1", "absent"),
    sampleResult(gamma.key, "ada", "unknown", { reason: "group-vanished" }),
    sampleResult(gamma.key, "bo", "unknown", { reason: "no-identity" }),
  ];
  const run = sampleRun({ groups: 3, people: 4, present: 3, absent: 4, unknown: 2 });
  const previousRun = sampleRun({ id: RunId.parse("run-1"), startedAtMs: SAMPLE_AT_MS - 86_400_000 });
  return {
    run,
    sources: [{ platform: "slack", run, previousRun }],
    groups: [acme, beta, gamma],
    people: [
      samplePerson("ada", "Ada Lovelace", "BD"),
      samplePerson("bo", "Bo Stone", "Support"),
      samplePerson("nw1", "Nadia Weber", "BD"),
      samplePerson("nw2", "Nadia Weber", "Legal"),
    ],
    results,
    findings: [
      ...results
        .filter(({ presence }) => presence === "absent")
        .map(({ groupKey, personId, level }) => ({
          kind: level === "required" ? ("missing-required" as const) : ("missing-optional" as const),
          groupKey,
          personId,
        })),
      { kind: "public-channel", groupKey: beta.key, personId: null },
      { kind: "deprecated-name", groupKey: beta.key, personId: null },
      { kind: "not-readable", groupKey: gamma.key, personId: null },
    ],
    exclusions: [
      sampleExclusion(beta.key, "nw1"),
      sampleExclusion(acme.key, "bo", { expiresAtMs: SAMPLE_AT_MS }),
    ],
    changes: {
      newGaps: [
        {
          groupKey: acme.key,
          groupName: acme.name,
          platform: "slack",
          personId: PersonId.parse("bo"),
          personName: "Bo Stone",
          level: "required",
        },
      ],
      closedGaps: [],
      newGroups: [{ groupKey: gamma.key, name: gamma.name }],
      goneGroups: [{ groupKey: groupKeyOf("telegram", null, "-100"), name: "old" }],
      renamedGroups: [{ groupKey: beta.key, before: "ibtc-b", after: "ibtc-beta" }],
    },
  };
}
