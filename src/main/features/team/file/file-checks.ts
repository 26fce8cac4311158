import type { ImportProblem } from "#shared/contract/team.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { isSameAccount } from "../policy/member.ts";
import { findPatternProblem } from "../policy/rules.ts";
import type { TeamFile } from "./file-format.ts";
import type { JsonDocument, JsonPath } from "./json-document.ts";

type Member = Pick<TeamMember, "id" | "name" | "role" | "identities">;

interface Complaint {
  readonly path: JsonPath;
  readonly problem: string;
}

/**
 * What a file that fits its format can still get wrong: ids and accounts used twice, patterns that are not closed,
 * requirements that name nobody. `members` are the file's team as read; `team` is whom requirements may name.
 */
export function checkFile(
  file: TeamFile,
  members: readonly Member[],
  team: readonly Member[],
  document: JsonDocument,
): ImportProblem[] {
  return [
    ...checkIds(file.team ?? [], "team"),
    ...checkIds(file.categories ?? [], "categories"),
    ...checkIdentities(file),
    ...checkAccounts(file, members),
    ...checkPatterns(file),
    ...checkTargets(file, team),
    ...checkScope(file, team),
  ].map(({ path, problem }) => document.problemAt(path, problem));
}

function* checkIds(
  items: readonly { readonly id?: string | undefined }[],
  list: string,
): Generator<Complaint> {
  const seen = new Map<string, number>();
  for (const [at, { id }] of items.entries()) {
    if (id === undefined) continue;
    const earlier = seen.get(id);
    if (earlier === undefined) seen.set(id, at);
    else yield { path: [list, at, "id"], problem: `This id is also that of ${list}[${earlier}].` };
  }
}

function* checkIdentities(file: TeamFile): Generator<Complaint> {
  for (const [at, member] of (file.team ?? []).entries()) {
    for (const [place, { userId, username }] of member.identities.entries()) {
      if ((userId ?? null) !== null || (username ?? null) !== null) continue;
      yield { path: ["team", at, "identities", place], problem: "Either userId or username is needed." };
    }
  }
}

function* checkAccounts(file: TeamFile, members: readonly Member[]): Generator<Complaint> {
  const seen = new Map<string, { at: number; identity: Member["identities"][number] }[]>();
  for (const [at, member] of members.entries()) {
    for (const identity of member.identities) {
      const key = `${identity.platform}:${identity.userId ?? `@${identity.username?.toLowerCase()}`}`;
      const sameName = seen.get(key) ?? [];
      const earlier = sameName.find((other) => other.at !== at && isSameAccount(other.identity, identity));
      if (earlier) {
        const named = identity.userId ?? `@${identity.username}`;
        yield {
          path: accountPath(file, at, identity),
          problem: `The account ${named} already belongs to team[${earlier.at}].`,
        };
      }
      seen.set(key, [...sameName, { at, identity }]);
    }
  }
}

/** Where the file names the account: the plain field when it does so there. */
function accountPath(file: TeamFile, at: number, identity: Member["identities"][number]): JsonPath {
  const field = `${identity.platform}${identity.userId === null ? "Username" : "UserId"}` as const;
  const plain = file.team?.[at]?.[field];
  const isPlain = identity.workspaceId === null && plain !== undefined && plain !== null;
  if (isPlain) return ["team", at, field];
  const place = file.team?.[at]?.identities.findIndex(
    (each) =>
      each.platform === identity.platform &&
      (each.userId ?? null) === identity.userId &&
      (each.workspaceId ?? null) === identity.workspaceId,
  );
  return place === undefined || place < 0 ? ["team", at] : ["team", at, "identities", place];
}

function* checkPatterns(file: TeamFile): Generator<Complaint> {
  for (const list of ["include", "exclude"] as const) {
    for (const [at, pattern] of (file.customerGroups?.[list] ?? []).entries()) {
      yield* complain(["customerGroups", list, at], pattern);
    }
  }
  for (const [at, category] of (file.categories ?? []).entries()) {
    for (const [place, matcher] of category.matchers.entries()) {
      if (matcher.kind !== "pattern") continue;
      yield* complain(["categories", at, "matchers", place, "pattern"], matcher.pattern);
    }
  }
}

function* complain(path: JsonPath, pattern: string): Generator<Complaint> {
  const problem = findPatternProblem(pattern);
  if (problem !== null) yield { path, problem: `The pattern ${problem}.` };
}

function* checkScope({ telegramScope: scope }: TeamFile, team: readonly Member[]): Generator<Complaint> {
  if (scope?.kind !== "shared-with" || scope.personId === null) return;
  if (team.some(({ id }) => id === scope.personId)) return;
  const problem = `Nobody on the team has the id "${scope.personId}".`;
  yield { path: ["telegramScope", "personId"], problem };
}

function* checkTargets(file: TeamFile, team: readonly Member[]): Generator<Complaint> {
  const ids = new Set<string>(team.map(({ id }) => id));
  const roles = new Set(team.map(({ role }) => role));
  for (const [at, category] of (file.categories ?? []).entries()) {
    for (const [place, { target }] of category.requirements.entries()) {
      const path = ["categories", at, "requirements", place, "target"];
      if (target.kind === "person" && !ids.has(target.personId)) {
        yield { path: [...path, "personId"], problem: `Nobody on the team has the id "${target.personId}".` };
      }
      if (target.kind === "role" && !roles.has(target.role)) {
        yield { path: [...path, "role"], problem: `Nobody on the team has the role "${target.role}".` };
      }
    }
  }
}
