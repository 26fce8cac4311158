import type { CoverageResult, Finding, FindingKind, RunGroup } from "#shared/domain/coverage.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { FindExclusion } from "./exclusions-in-effect.ts";

/**
 * What is wrong with one group, worst first. An archived group raises `archived` and nothing else: nobody can be
 * added to it. Accepted gaps raise nothing.
 */
export function findingsOf(
  group: RunGroup,
  results: readonly CoverageResult[],
  findExclusion: FindExclusion,
): Finding[] {
  const about = (kind: FindingKind, personId: PersonId | null = null): Finding => ({
    kind,
    groupKey: group.key,
    personId,
  });
  if (group.isArchived) return [about("archived")];
  const missing = results.filter(
    (result) => result.presence === "absent" && findExclusion(group.key, result.personId) === null,
  );
  const findings: Finding[] = [];
  for (const level of ["required", "optional"] as const)
    for (const result of missing)
      if (result.level === level) findings.push(about(`missing-${level}`, result.personId));
  if (group.expectPrivate && group.privacy === "public") findings.push(about("public-channel"));
  if (group.deprecatedTerms.length > 0) findings.push(about("deprecated-name"));
  if (group.expectHistoryVisible && group.telegram?.isHistoryHidden === true)
    findings.push(about("hidden-history"));
  if (group.expectAdminRight && group.telegram?.ownRight === "member") findings.push(about("no-admin-right"));
  if (group.unreadable !== null) findings.push(about("not-readable"));
  return findings;
}
