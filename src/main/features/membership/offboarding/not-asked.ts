import type { NotAsked } from "#shared/contract/membership.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { unmetAccounts } from "../find/unmet-accounts.ts";
import type { LiveReading } from "../plan/live-reading.ts";
import { accountsIn } from "../policy/account-choice.ts";
import { whyUnknown } from "../policy/offboarding-task.ts";

/**
 * Where somebody could not be looked for, or not to the end. A connection on whose platform no account of theirs is
 * recorded is told of and blocks nothing; somebody of whom no account is known anywhere was not looked for at all.
 */
export function listNotAsked(readings: readonly LiveReading[], person: TeamMember): NotAsked[] {
  if (readings.length === 0)
    return [{ platform: null, label: "Every platform", why: "No connection could be asked.", blocks: true }];
  const withAccounts = readings.filter((reading) => accountsAt(reading, person).length > 0);
  return readings.flatMap((reading): NotAsked[] => {
    const { platform, label } = reading.connection;
    if (!withAccounts.includes(reading))
      return [{ platform, label, why: whyUnknown("no-identity"), blocks: withAccounts.length === 0 }];
    const why = whyNotAsked(reading, readings, person);
    return why === null ? [] : [{ platform, label, why, blocks: true }];
  });
}

function whyNotAsked(
  reading: LiveReading,
  readings: readonly LiveReading[],
  person: TeamMember,
): string | null {
  if (!reading.isListed) return reading.problem?.message ?? "Its groups could not be listed.";
  if (unmetAccounts(reading, readings, person).length > 0) return whyUnknown("not-met");
  for (const { userId } of accountsAt(reading, person)) {
    const account = reading.accounts.get(userId);
    // Whom it has not met others have, where it matters.
    if (account?.state === "not-met") continue;
    // Deactivated accounts are told of by themselves: nothing would make their groups known.
    if (account?.listingComplete || account?.state === "deactivated") continue;
    return reading.problem?.message ?? whyUnknown(account?.reason ?? "person-listing-incomplete");
  }
  return null;
}

/** The Slack workspaces in which an account of theirs is deactivated, by label. */
export function deactivatedIn(readings: readonly LiveReading[], person: TeamMember): string[] {
  const labels = readings.flatMap((reading) =>
    reading.connection.platform === "slack" &&
    accountsAt(reading, person).some(({ userId }) => reading.accounts.get(userId)?.state === "deactivated")
      ? [reading.connection.label]
      : [],
  );
  return [...new Set(labels)];
}

function accountsAt({ connection }: LiveReading, person: TeamMember) {
  return accountsIn(person, connection.platform, connection.workspaceId);
}
