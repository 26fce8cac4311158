import { deleteMember, listMembers, putMember, putRules } from "#main/store/queries/team.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { assert } from "#shared/lib/assert.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { findIdentityClash, makePersonId, tidyMember } from "./policy/member.ts";
import { forgetStrangers } from "./policy/rules.ts";
import { readTeamAndRules } from "./team-and-rules.ts";
import type { TeamDeps } from "./team-deps.ts";

export async function saveMember(deps: TeamDeps, input: TeamMember): Promise<Result<TeamMember, Failure>> {
  return put(deps, () => input);
}

export async function addMember(
  deps: TeamDeps,
  input: Omit<TeamMember, "id">,
): Promise<Result<TeamMember, Failure>> {
  return put(deps, (team) => ({ ...input, id: makePersonId(input.name, new Set(team.map(({ id }) => id))) }));
}

async function put(
  { store, activity, announce }: TeamDeps,
  choose: (team: readonly TeamMember[]) => TeamMember,
): Promise<Result<TeamMember, Failure>> {
  const saved = await store.write(async (writer): Promise<Result<TeamMember, Failure>> => {
    const team = await listMembers(writer);
    const chosen = choose(team);
    const before = team.find(({ id }) => id === chosen.id) ?? null;
    const member = tidyMember(chosen, before);
    const clash = findIdentityClash(member, team);
    if (clash) {
      const account = clash.identity.userId ?? `@${clash.identity.username}`;
      const facts = { account, ownerId: clash.owner.id, ownerName: clash.owner.name };
      return err(
        failure("input/name-taken", facts, `The account ${account} belongs to ${clash.owner.name}.`),
      );
    }
    await putMember(writer, member);
    await activity.record(writer, {
      action: before ? "team.member-changed" : "team.member-added",
      target: member.id,
      outcome: "done",
      details: { name: member.name, status: member.status, role: member.role },
    });
    return ok(member);
  });
  if (saved.ok) announceAll(announce, "team", "activity");
  return saved;
}

/** Removes the member, and the requirements that name this very person. */
export async function removeMember(
  deps: TeamDeps,
  { personId }: { personId: PersonId },
): Promise<Result<void, Failure>> {
  const { store, clock, activity, announce } = deps;
  const removed = await store.write(async (writer): Promise<Result<void, Failure>> => {
    const { team, rules } = await readTeamAndRules(writer);
    const member = team.find(({ id }) => id === personId);
    if (!member) return err(failure("input/not-found", { personId }));
    await deleteMember(writer, personId);
    const left = team.filter(({ id }) => id !== personId);
    const scope = rules.telegramScope;
    const isNamed =
      rules.categories.some((category) => category.requirements.some(names(personId))) ||
      (scope?.kind === "shared-with" && scope.personId === personId);
    if (isNamed) await putRules(writer, forgetStrangers(rules, left), clock.nowMs());
    await activity.record(writer, {
      action: "team.member-removed",
      target: personId,
      outcome: "done",
      details: { name: member.name },
    });
    return ok(undefined);
  });
  if (removed.ok) announceAll(announce, "team", "rules", "activity");
  return removed;
}

export async function saveRules(deps: TeamDeps, input: Rules): Promise<Rules> {
  const { store, clock, activity, announce } = deps;
  const ids = input.categories.map(({ id }) => id);
  assert(new Set(ids).size === ids.length, "two categories with one id");
  const saved = await store.write(async (writer) => {
    const rules = forgetStrangers(input, await listMembers(writer));
    await putRules(writer, rules, clock.nowMs());
    await activity.record(writer, {
      action: "rules.saved",
      outcome: "done",
      details: { categories: ids.length, deprecatedTerms: rules.deprecatedTerms.length },
    });
    return rules;
  });
  announceAll(announce, "rules", "activity");
  return saved;
}

function names(personId: PersonId) {
  return ({ target }: Rules["categories"][number]["requirements"][number]) =>
    target.kind === "person" && target.personId === personId;
}

function announceAll(
  announce: TeamDeps["announce"],
  ...topics: readonly Parameters<TeamDeps["announce"]>[0][]
): void {
  for (const topic of topics) announce(topic);
}
