import { PersonId } from "#shared/domain/ids.ts";
import type { Identity, TeamMember } from "#shared/domain/team.ts";

/** An id for people to read and type, made from a name; the same name gives the same id while it is free. */
export function makePersonId(name: string, taken: ReadonlySet<string>): PersonId {
  return PersonId.parse(makeReadableId(name, "person", taken));
}

/** Letters and digits of any script, joined by hyphens; `-2`, `-3`, … where the plain form is taken. */
export function makeReadableId(name: string, fallback: string, taken: ReadonlySet<string>): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  const base = [...(words?.join("-") ?? fallback)].slice(0, 60).join("");
  let id = base;
  for (let copy = 2; taken.has(id); copy++) id = `${base}-${copy}`;
  return id;
}

/**
 * The member as it is kept: usernames without `@`, no identity twice or without any name, and what the platform said
 * about an identity only where it said it about exactly this one.
 */
export function tidyMember(member: TeamMember, before: TeamMember | null): TeamMember {
  const known = new Map(before?.identities.map((identity) => [identityKey(identity), identity]));
  const tidied = new Map<string, Identity>();
  for (const identity of member.identities) {
    const { platform, workspaceId } = identity;
    const userId = blankToNull(identity.userId);
    const username = blankToNull(identity.username?.trim().replace(/^@+/, "") ?? null);
    if (userId === null && username === null) continue;
    const kept = { platform, workspaceId: blankToNull(workspaceId), userId, username };
    const key = identityKey(kept);
    const { state, checkedAtMs } = known.get(key) ?? { state: "unresolved" as const, checkedAtMs: null };
    tidied.set(key, { ...kept, state, checkedAtMs });
  }
  const { id, name, role, status, email } = member;
  return {
    id,
    name: name.trim(),
    role: blankToNull(role),
    status,
    email: blankToNull(email),
    identities: [...tidied.values()],
  };
}

/** Who already has one of these accounts; null when nobody does. */
export function findIdentityClash(
  member: Pick<TeamMember, "id" | "identities">,
  team: readonly TeamMember[],
): { readonly owner: TeamMember; readonly identity: Identity } | null {
  for (const owner of team) {
    if (owner.id === member.id) continue;
    const identity = member.identities.find((mine) =>
      owner.identities.some((theirs) => isSameAccount(mine, theirs)),
    );
    if (identity) return { owner, identity };
  }
  return null;
}

/**
 * Whether two identities name one account. An identity without a workspace may be in any; a username means somebody
 * only while neither side knows the id, because usernames change hands.
 */
export function isSameAccount(one: AccountName, other: AccountName): boolean {
  if (one.platform !== other.platform) return false;
  if (one.workspaceId !== other.workspaceId && one.workspaceId !== null && other.workspaceId !== null) {
    return false;
  }
  if (one.userId !== null || other.userId !== null) return one.userId === other.userId;
  return one.username !== null && one.username.toLowerCase() === other.username?.toLowerCase();
}

type AccountName = Pick<Identity, "platform" | "workspaceId" | "userId" | "username">;

function identityKey({ platform, workspaceId, userId, username }: AccountName): string {
  return JSON.stringify([platform, workspaceId, userId, username]);
}

function blankToNull(text: string | null): string | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}
