import type { OperationStepRow } from "#main/store/queries/operation-steps.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import { accountsIn } from "../policy/account-choice.ts";
import { type Colleague, type RightHolder, whoMay } from "../policy/who-could.ts";

/** Who could do what we may not: those of the team and, by name, others. */
export interface Helpers {
  readonly colleagues: readonly Colleague[];
  readonly strangers: readonly string[];
}

/** Strangers that are named at most. */
const NAMED = 3;

/** So many of the team are asked about in Slack at most: each is a call. */
const ASKED_ABOUT = 20;

type HelpedStep = Pick<
  OperationStepRow,
  "action" | "connectionId" | "groupId" | "groupKey" | "groupKind" | "personId" | "userId"
>;

/** By the list of admins, as the account of the step is shown it now. */
export async function telegramHelpers(
  deps: MembershipDeps,
  step: HelpedStep,
  connection: Connection,
): Promise<Result<Helpers, Failure>> {
  const { groupId, groupKind, groupKey } = step;
  if (groupId === null || groupKind === null) return err(failure("input/not-found", { groupKey }));
  const session = await deps.connections.openTelegramSession(step.connectionId);
  if (!session.ok) return session;
  const admins = await session.value.fetchAdmins({
    group: { groupId, kind: groupKind },
    signal: new AbortController().signal,
  });
  if (!admins.ok) return isAboutRights(admins.error) ? ok({ colleagues: [], strangers: [] }) : admins;
  const holders = admins.value
    .filter(({ user }) => !user.isBot && user.userId !== connection.userId && user.userId !== step.userId)
    .map(({ user, right, mayInvite, mayBan }) => ({
      userId: user.userId,
      name: user.username === null ? user.displayName : `${user.displayName} (@${user.username})`,
      isOwner: right === "owner",
      mayChangeInfo: right !== "admin",
      mayInvite,
      mayRemove: mayBan,
    }));
  return ok(await sortOut(deps, whoMay(step.action, holders), connection));
}

/**
 * By who of the team was in the channel at the last audit: any member may invite, and owners and admins of the workspace
 * may do the rest (slack.com/help/articles/201314026, checked 2026-11).
 */
export async function slackHelpers(
  deps: MembershipDeps,
  step: HelpedStep,
  connection: Connection,
): Promise<Result<Helpers, Failure>> {
  const [session, matrix, { team }] = [
    await deps.connections.openSession(step.connectionId),
    await deps.coverage.matrix({ runId: null }),
    await deps.team.get(),
  ];
  if (!session.ok) return session;
  const row = matrix?.rows.find(({ group }) => group.key === step.groupKey);
  const present = new Set(
    row?.cells.filter(({ presence }) => presence === "present").map(({ personId }) => personId),
  );
  const holders: (RightHolder & { readonly name: string })[] = [];
  for (const member of team.filter(({ id }) => present.has(id)).slice(0, ASKED_ABOUT)) {
    const [account] = accountsIn(member, "slack", connection.workspaceId);
    if (account === undefined || account.userId === connection.userId || account.userId === step.userId)
      continue;
    const user = await session.value.fetchUser({
      userId: account.userId,
      signal: new AbortController().signal,
    });
    if (!user.ok && user.error.code !== "slack/user-not-found") return user;
    if (!user.ok || user.value.isDeactivated) continue;
    const isAdmin = user.value.rank !== "member";
    holders.push({
      userId: account.userId,
      name: member.name,
      isOwner: user.value.rank === "owner",
      mayChangeInfo: isAdmin,
      mayInvite: !user.value.isGuest,
      mayRemove: isAdmin,
    });
  }
  return ok(await sortOut(deps, whoMay(step.action, holders), connection));
}

/** Tells colleagues from strangers by their accounts. */
async function sortOut(
  deps: MembershipDeps,
  able: readonly (RightHolder & { readonly name: string })[],
  { platform, workspaceId }: Connection,
): Promise<Helpers> {
  const { team } = await deps.team.get();
  const byUserId = new Map<string, TeamMember>(
    team.flatMap((member) =>
      accountsIn(member, platform, workspaceId).map(({ userId }) => [userId, member] as const),
    ),
  );
  const connected = new Set(
    (await deps.connections.listAuditable())
      .filter((each) => each.platform === platform && each.workspaceId === workspaceId)
      .map(({ userId }) => userId),
  );
  const colleagues: Colleague[] = [];
  const strangers: string[] = [];
  for (const { userId, name } of able) {
    const member = byUserId.get(userId);
    const isConnected = connected.has(userId);
    if (member !== undefined || isConnected)
      colleagues.push({ personId: member?.id ?? null, name: member?.name ?? name, isConnected });
    else strangers.push(name);
  }
  return { colleagues, strangers: strangers.slice(0, NAMED) };
}

/** The account may not even see who the admins are. */
function isAboutRights({ code }: Failure): boolean {
  return ["telegram/admin-needed", "telegram/not-allowed", "telegram/group-not-found"].includes(code);
}
