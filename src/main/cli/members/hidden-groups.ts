import type { FindStep } from "#shared/contract/membership.ts";
import type { FoundGroup } from "#shared/domain/offboarding.ts";

/** More names than this are counted; the table above has them all. */
const NAMED = 10;

/**
 * Says of which groups it is not known whether somebody is in them because only their admins are told; null for none. Where
 * a connection had a problem that is why, and it is told of by itself.
 */
export function describeHiddenGroups(
  groups: readonly Pick<FoundGroup, "groupName" | "connectionId" | "presence">[],
  problems: readonly Pick<FindStep["problems"][number], "connectionId">[],
): string | null {
  const troubled = new Set(problems.map(({ connectionId }) => connectionId));
  const names = groups.flatMap(({ groupName, connectionId, presence }) =>
    presence === "unknown" && !troubled.has(connectionId) ? [groupName] : [],
  );
  if (names.length === 0) return null;
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
  return `Not known of ${names.slice(0, NAMED).join(", ")}${more}: only admins are told.`;
}
