import type { Identity, IdentityState, TeamMember } from "#shared/domain/team.ts";
import type { EpochMs } from "#shared/lib/time.ts";

/** An account as a platform described it. */
export interface SeenAccount {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly isDeactivated: boolean;
  readonly isBot: boolean;
}

/** What was learned about the accounts of one workspace. */
export interface Directory {
  readonly workspaceId: string | null;
  readonly accounts: readonly SeenAccount[];
  /** Everybody was listed, so who was not seen does not exist. */
  readonly isComplete: boolean;
  /** Ids that were asked for and do not exist. */
  readonly missingIds: ReadonlySet<string>;
}

export interface IdentityDecision {
  readonly state: Exclude<IdentityState, "unresolved">;
  readonly userId: string | null;
  readonly username: string | null;
}

/**
 * Who an identity is in one workspace; null when too little was seen to say. The id decides, and its username is
 * brought up to date. Without an id the exact handle does, of accounts in use before deactivated ones; then, of people
 * whose display name is the same, the only one. Two make it ambiguous.
 */
export function decideIdentity(
  asked: Pick<Identity, "userId" | "username">,
  directory: Directory,
): IdentityDecision | null {
  const { userId, username } = asked;
  const unfound = { state: "not-found", userId, username } as const;
  if (userId !== null) {
    const account = directory.accounts.find(({ id }) => id === userId);
    if (account) return decideAccount(account);
    return directory.isComplete || directory.missingIds.has(userId) ? unfound : null;
  }
  const handle = fold(username);
  const named = directory.accounts.filter((account) => fold(account.username) === handle);
  const inUse = named.filter(({ isDeactivated }) => !isDeactivated);
  const [byHandle] = inUse.length > 0 ? inUse : named;
  if (inUse.length > 1) return { state: "ambiguous", userId, username };
  if (byHandle) return decideAccount(byHandle);
  if (!directory.isComplete) return null;
  const shown = directory.accounts.filter(
    (account) => !account.isBot && !account.isDeactivated && fold(account.displayName) === handle,
  );
  const [only] = shown;
  if (!only) return unfound;
  return shown.length > 1 ? { state: "ambiguous", userId, username } : decideAccount(only);
}

/**
 * The member's identities after everybody was looked up in these workspaces. An identity for any workspace that has
 * no id yet becomes one for each workspace that knows its name. A member with an e-mail address and no account at all
 * in a workspace gets the one of that address. `isEverywhere` is false when a workspace could not be read: then nobody
 * is said to be nowhere.
 */
export function resolveMember(
  member: TeamMember,
  directories: readonly Directory[],
  context: { readonly isEverywhere: boolean; readonly atMs: EpochMs },
): Identity[] {
  const resolved = member.identities.flatMap((identity) =>
    identity.platform === "slack" ? resolveIdentity(identity, directories, context) : [identity],
  );
  for (const directory of directories) {
    const account = findByEmail(member, directory);
    const isKnownHere = resolved.some(
      ({ platform, workspaceId }) =>
        platform === "slack" && (workspaceId === null || workspaceId === directory.workspaceId),
    );
    if (!account || isKnownHere) continue;
    const unasked: Identity = { ...unaskedIdentity, workspaceId: directory.workspaceId };
    resolved.push(settle(unasked, decideAccount(account), context.atMs));
  }
  return resolved;
}

const unaskedIdentity = {
  platform: "slack",
  userId: null,
  username: null,
  state: "unresolved",
  checkedAtMs: null,
} as const;

function resolveIdentity(
  identity: Identity,
  directories: readonly Directory[],
  { isEverywhere, atMs }: { readonly isEverywhere: boolean; readonly atMs: EpochMs },
): Identity[] {
  const { workspaceId, userId } = identity;
  const asked = directories.filter(
    (directory) => workspaceId === null || directory.workspaceId === workspaceId,
  );
  const answers = asked.map((directory) => ({ directory, decision: decideIdentity(identity, directory) }));
  const inState = (...states: IdentityState[]) =>
    answers.filter(({ decision }) => decision !== null && states.includes(decision.state));
  const found = inState("resolved").length > 0 ? inState("resolved") : inState("deactivated");
  const [first] = found;
  if (first?.decision) {
    if (workspaceId !== null || userId !== null) return [settle(identity, first.decision, atMs)];
    // A handle means a person only inside one workspace, so from here on the identity says which.
    return found.flatMap(({ directory, decision }) =>
      decision ? [settle({ ...identity, workspaceId: directory.workspaceId }, decision, atMs)] : [],
    );
  }
  const [ambiguous] = inState("ambiguous");
  if (ambiguous?.decision) return [settle(identity, ambiguous.decision, atMs)];
  const isSettled = answers.length > 0 && answers.every(({ decision }) => decision?.state === "not-found");
  const [unfound] = answers;
  const mayConclude = isSettled && (isEverywhere || workspaceId !== null);
  return mayConclude && unfound?.decision ? [settle(identity, unfound.decision, atMs)] : [identity];
}

function settle(identity: Identity, decision: IdentityDecision, atMs: EpochMs): Identity {
  return { ...identity, ...decision, checkedAtMs: atMs };
}

function decideAccount({ id, username, isDeactivated }: SeenAccount): IdentityDecision {
  return { state: isDeactivated ? "deactivated" : "resolved", userId: id, username };
}

function findByEmail({ email }: TeamMember, directory: Directory): SeenAccount | null {
  const wanted = fold(email);
  if (wanted === "") return null;
  return (
    directory.accounts.find((account) => !account.isDeactivated && fold(account.email) === wanted) ?? null
  );
}

function fold(text: string | null): string {
  return text?.normalize("NFC").trim().toLowerCase() ?? "";
}
