import type { SlackSession } from "#main/platforms/slack/slack-session.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import type { Log } from "#shared/lib/log.ts";
import type { Result } from "#shared/lib/result.ts";
import { err, ok } from "#shared/lib/result.ts";
import type { Directory, SeenAccount } from "./policy/identity.ts";

/** What must be found out in one workspace. */
interface Wanted {
  readonly ids: Set<string>;
  readonly usernames: Set<string>;
  readonly emails: Set<string>;
}

/**
 * Looks the team up in one workspace with few calls: pages of the member list while usernames are open (only the list
 * knows those) or while more people are open than pages were read, then one call for each person left. That is never
 * more than about twice the fewest calls, without knowing how large the workspace is.
 */
export async function lookUpPeople(
  session: SlackSession,
  workspaceId: string | null,
  team: readonly TeamMember[],
  { signal, log }: { readonly signal: AbortSignal; readonly log: Log },
): Promise<Result<Directory, Failure>> {
  const wanted = collectWanted(team, workspaceId);
  const accounts = new Map<string, SeenAccount>();
  const missingIds = new Set<string>();
  const see = (account: SeenAccount) => {
    accounts.set(account.id, account);
    wanted.ids.delete(account.id);
    // Another page may hold the account in use under the name of a deactivated one.
    if (!account.isDeactivated) wanted.usernames.delete(account.username.toLowerCase());
    wanted.emails.delete(account.email?.toLowerCase() ?? "");
  };
  const answer = (isComplete: boolean) =>
    ok({ workspaceId, accounts: [...accounts.values()], isComplete, missingIds });

  let cursor: string | null = null;
  for (
    let pages = 0;
    wanted.usernames.size > 0 || pages + 1 < wanted.ids.size + wanted.emails.size;
    pages++
  ) {
    const page = await session.fetchUsers({ cursor, signal });
    if (!page.ok) return page;
    page.value.items.forEach(see);
    cursor = page.value.nextCursor;
    if (cursor === null) return answer(true);
  }
  for (const userId of wanted.ids) {
    const user = await session.fetchUser({ userId, signal });
    if (user.ok) see(user.value);
    else if (user.error.code === "slack/user-not-found") missingIds.add(userId);
    else return user;
  }
  for (const email of wanted.emails) {
    const user = await session.findUserByEmail({ email, signal });
    if (!user.ok && user.error.code === "slack/missing-scope") {
      // Addresses only help; ids and names are looked up without that permission.
      log.warn("email-lookup-refused", { workspaceId });
      break;
    }
    if (!user.ok) return err(user.error);
    if (user.value) see(user.value);
  }
  return answer(false);
}

function collectWanted(team: readonly TeamMember[], workspaceId: string | null): Wanted {
  const wanted: Wanted = { ids: new Set(), usernames: new Set(), emails: new Set() };
  for (const { identities, email } of team) {
    const here = identities.filter(
      (identity) =>
        identity.platform === "slack" &&
        (identity.workspaceId === null || identity.workspaceId === workspaceId),
    );
    for (const { userId, username } of here) {
      if (userId !== null) wanted.ids.add(userId);
      else if (username !== null) wanted.usernames.add(username.toLowerCase());
    }
    if (here.length === 0 && email !== null) wanted.emails.add(email.toLowerCase());
  }
  return wanted;
}
