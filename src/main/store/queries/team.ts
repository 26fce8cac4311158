import { asc, eq, max } from "drizzle-orm";
import type { PersonId } from "#shared/domain/ids.ts";
import type { Rules } from "#shared/domain/rules.ts";
import type { Identity, TeamMember } from "#shared/domain/team.ts";
import { identities, rules, teamMembers } from "../schema/team.ts";
import type { Reader, Writer } from "../store.ts";

/** SQLite allows some 32,000 values in one statement. */
const ROWS_AT_ONCE = 1_000;

const RULES_ROW = 1;

/** The whole team, in the order of the screen; each member's identities in the order they were saved. */
export async function listMembers(db: Reader): Promise<TeamMember[]> {
  const members = await db.select().from(teamMembers).orderBy(asc(teamMembers.position), asc(teamMembers.id));
  const rows = await db.select().from(identities).orderBy(asc(identities.id));
  const byPerson = Map.groupBy(rows, ({ personId }) => personId);
  return members.map(({ id, name, role, status, email }) => ({
    id,
    name,
    role,
    status,
    email,
    identities: (byPerson.get(id) ?? []).map(toIdentity),
  }));
}

/** Adds the member after all others, or replaces everything about an existing one but their place. */
export async function putMember(db: Writer, member: TeamMember): Promise<void> {
  const { identities: accounts, ...row } = member;
  const [last] = await db.select({ position: max(teamMembers.position) }).from(teamMembers);
  await db
    .insert(teamMembers)
    .values({ ...row, position: (last?.position ?? -1) + 1 })
    .onConflictDoUpdate({ target: teamMembers.id, set: row });
  await db.delete(identities).where(eq(identities.personId, member.id));
  await insertIdentities(
    db,
    accounts.map((account) => ({ ...account, personId: member.id })),
  );
}

/** Removes the member and their identities; harmless when there is no such member. */
export async function deleteMember(db: Writer, personId: PersonId): Promise<void> {
  await db.delete(teamMembers).where(eq(teamMembers.id, personId));
}

/** Makes these the whole team, in this order. */
export async function replaceTeam(db: Writer, members: readonly TeamMember[]): Promise<void> {
  await db.delete(teamMembers);
  const rows = members.map(({ id, name, role, status, email }, position) => {
    return { id, name, role, status, email, position };
  });
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await db.insert(teamMembers).values(rows.slice(at, at + ROWS_AT_ONCE));
  }
  await insertIdentities(
    db,
    members.flatMap((member) => member.identities.map((account) => ({ ...account, personId: member.id }))),
  );
}

/** Null until rules were saved for the first time. */
export async function findRules(db: Reader): Promise<Rules | null> {
  const [row] = await db.select().from(rules).where(eq(rules.id, RULES_ROW));
  return row?.document ?? null;
}

export async function putRules(db: Writer, document: Rules, changedAtMs: number): Promise<void> {
  const row = { document, changedAtMs };
  await db
    .insert(rules)
    .values({ id: RULES_ROW, ...row })
    .onConflictDoUpdate({ target: rules.id, set: row });
}

async function insertIdentities(
  db: Writer,
  rows: readonly (Identity & { readonly personId: PersonId })[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await db.insert(identities).values(rows.slice(at, at + ROWS_AT_ONCE));
  }
}

function toIdentity(row: typeof identities.$inferSelect): Identity {
  const { platform, workspaceId, userId, username, state, checkedAtMs } = row;
  return { platform, workspaceId, userId, username, state, checkedAtMs };
}
