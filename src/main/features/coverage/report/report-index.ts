import type { CoverageResult, Exclusion, RunGroup, RunPerson } from "#shared/domain/coverage.ts";
import type { GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { RequirementLevel } from "#shared/domain/rules.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import type { RunReport } from "./run-report.ts";

/** One level's people in one group. `accepted` are not present, and an exclusion says that this is fine. */
export interface LevelTally {
  readonly present: string[];
  readonly missing: string[];
  readonly unknown: string[];
  readonly accepted: string[];
}

export type GroupTally = Readonly<Record<RequirementLevel, LevelTally>>;

/** A report with what every sheet looks up, as of `atMs`. */
export interface ReportIndex {
  readonly report: RunReport;
  readonly atMs: EpochMs;
  readonly groups: ReadonlyMap<GroupKey, RunGroup>;
  readonly people: ReadonlyMap<PersonId, RunPerson>;
  /** The person's name, made unambiguous where two people share one. */
  nameOf(personId: PersonId): string;
  /** The exclusion that counts for this cell at `atMs`, if any. */
  findExclusion(groupKey: GroupKey, personId: PersonId): Exclusion | null;
  tallyOf(groupKey: GroupKey): GroupTally;
}

export function indexReport(report: RunReport, atMs: EpochMs): ReportIndex {
  const groups = new Map(report.groups.map((group) => [group.key, group]));
  const people = new Map(report.people.map((person) => [person.personId, person]));
  const names = nameEveryone(report.people);
  const exclusions = new Map<GroupKey, Map<PersonId, Exclusion>>();
  for (const exclusion of report.exclusions) {
    if (isInEffect(exclusion, atMs)) keep(exclusions, exclusion);
  }
  const findExclusion = (groupKey: GroupKey, personId: PersonId) =>
    exclusions.get(groupKey)?.get(personId) ?? null;
  const nameOf = (personId: PersonId) => names.get(personId) ?? personId;

  const tallies = new Map<GroupKey, GroupTally>();
  for (const result of report.results) {
    let tally = tallies.get(result.groupKey);
    if (!tally) tallies.set(result.groupKey, (tally = emptyTally()));
    // Most are present, and what is present needs no exclusion.
    const isAccepted =
      result.presence !== "present" && findExclusion(result.groupKey, result.personId) !== null;
    tally[result.level][bucketOf(result, isAccepted)].push(nameOf(result.personId));
  }
  return {
    report,
    atMs,
    groups,
    people,
    nameOf,
    findExclusion,
    tallyOf: (key) => tallies.get(key) ?? emptyTally(),
  };
}

/** An exclusion counts up to the moment it expires. */
export function isInEffect(exclusion: Exclusion, atMs: EpochMs): boolean {
  return exclusion.expiresAtMs === null || exclusion.expiresAtMs > atMs;
}

function bucketOf(result: CoverageResult, isAccepted: boolean): keyof LevelTally {
  if (result.presence === "present") return "present";
  if (isAccepted) return "accepted";
  return result.presence === "absent" ? "missing" : "unknown";
}

function emptyTally(): GroupTally {
  return { required: emptyLevel(), optional: emptyLevel() };
}

function emptyLevel(): LevelTally {
  return { present: [], missing: [], unknown: [], accepted: [] };
}

function keep(exclusions: Map<GroupKey, Map<PersonId, Exclusion>>, exclusion: Exclusion): void {
  const ofGroup = exclusions.get(exclusion.groupKey);
  if (ofGroup) ofGroup.set(exclusion.personId, exclusion);
  else exclusions.set(exclusion.groupKey, new Map([[exclusion.personId, exclusion]]));
}

function nameEveryone(people: readonly RunPerson[]): Map<PersonId, string> {
  const count = new Map<string, number>();
  for (const { name } of people) count.set(name, (count.get(name) ?? 0) + 1);
  return new Map(
    people.map(({ personId, name }) => [personId, count.get(name) === 1 ? name : `${name} (${personId})`]),
  );
}
