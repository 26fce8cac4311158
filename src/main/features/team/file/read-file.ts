import type { z } from "zod";
import type { ImportPreview, ImportProblem } from "#shared/contract/team.ts";
import { CategoryId } from "#shared/domain/ids.ts";
import type { Category } from "#shared/domain/rules.ts";
import type { Identity, TeamMember } from "#shared/domain/team.ts";
import type { ImportContent } from "../policy/import-plan.ts";
import { makePersonId, makeReadableId, tidyMember } from "../policy/member.ts";
import { describeIssue } from "./describe-issue.ts";
import { checkFile } from "./file-checks.ts";
import type { FileIdentity, FileMember } from "./file-format.ts";
import { LegacyFile, TeamFile } from "./file-format.ts";
import type { JsonDocument } from "./json-document.ts";
import { readJson } from "./json-document.ts";

const PROBLEMS_MAX = 200;

export interface ReadFile {
  readonly shape: ImportPreview["shape"];
  /** What is wrong with the file by itself. */
  readonly problems: ImportProblem[];
  /** Null when there are problems. */
  readonly content: ImportContent | null;
  /** What is wrong with it beside this team, which it keeps when it holds none of its own. */
  checkAgainst(team: readonly TeamMember[]): ImportProblem[];
}

/** Reads a team-and-rules file or the older list of categories; never throws, whatever the text. */
export function readTeamFile(text: string): ReadFile {
  const json = readJson(text);
  if (!json.ok) return broken(null, json.problems);
  const { document } = json;
  const { value } = document;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return broken(null, [document.problemAt([], "The file must hold one object in braces.")]);
  }
  return looksLegacy(value) ? readLegacy(document) : readCurrent(document);
}

function looksLegacy(value: object): boolean {
  return !("version" in value) && Object.keys(value).some((key) => key.endsWith("_groups"));
}

function readLegacy(document: JsonDocument): ReadFile {
  const parsed = LegacyFile.safeParse(document.value);
  if (!parsed.success) return broken("legacy-categories", describeAll(parsed.error, document));
  const { marketing_groups: marketing, internal_groups: internal, intro_groups: intro } = parsed.data;
  const groups = {
    ...(marketing && { marketing }),
    ...(internal && { internal }),
    ...(intro && { intro }),
  };
  return {
    shape: "legacy-categories",
    problems: [],
    content: { shape: "legacy-categories", groups },
    checkAgainst: () => [],
  };
}

function readCurrent(document: JsonDocument): ReadFile {
  const parsed = TeamFile.safeParse(document.value);
  if (!parsed.success) return broken("team-and-rules", describeAll(parsed.error, document));
  const file = parsed.data;
  const members = file.team && readMembers(file.team);
  const check = (team: readonly TeamMember[]) =>
    checkFile(file, members ?? [], members ?? team, document).slice(0, PROBLEMS_MAX);
  const content: ImportContent = {
    shape: "team-and-rules",
    ...(members && { team: members }),
    ...(file.customerGroups && { customerGroups: file.customerGroups }),
    ...(file.categories && { categories: readCategories(file.categories) }),
    ...(file.deprecatedTerms && { deprecatedTerms: file.deprecatedTerms }),
    ...(file.telegramScope && { telegramScope: file.telegramScope }),
  };
  return { shape: "team-and-rules", problems: [], content, checkAgainst: check };
}

function readMembers(members: readonly FileMember[]): TeamMember[] {
  const taken = new Set<string>(members.flatMap(({ id }) => id ?? []));
  return members.map((member) => {
    const id = member.id ?? makePersonId(member.name, taken);
    taken.add(id);
    const { name, status } = member;
    const identities = [...plainIdentities(member), ...member.identities].map(readIdentity);
    return tidyMember(
      { id, name, role: member.role ?? null, status, email: member.email ?? null, identities },
      null,
    );
  });
}

function* plainIdentities(member: FileMember): Generator<FileIdentity> {
  const { slackUserId, slackUsername, telegramUserId, telegramUsername } = member;
  if (slackUserId ?? slackUsername) {
    yield { platform: "slack", userId: slackUserId, username: slackUsername };
  }
  if (telegramUserId ?? telegramUsername) {
    const userId = (telegramUserId ?? null) === null ? null : String(telegramUserId);
    yield { platform: "telegram", userId, username: telegramUsername };
  }
}

function readIdentity({ platform, workspaceId, userId, username }: FileIdentity): Identity {
  return {
    platform,
    workspaceId: workspaceId ?? null,
    userId: userId ?? null,
    username: username ?? null,
    state: "unresolved",
    checkedAtMs: null,
  };
}

function readCategories(categories: NonNullable<TeamFile["categories"]>): Category[] {
  const taken = new Set<string>(categories.flatMap(({ id }) => id ?? []));
  return categories.map((category) => {
    const id = category.id ?? CategoryId.parse(makeReadableId(category.name, "category", taken));
    taken.add(id);
    return { ...category, id };
  });
}

function describeAll(error: z.ZodError, document: JsonDocument): ImportProblem[] {
  return error.issues
    .slice(0, PROBLEMS_MAX)
    .flatMap((issue) => describeIssue(issue, document))
    .slice(0, PROBLEMS_MAX);
}

function broken(shape: ReadFile["shape"], problems: ImportProblem[]): ReadFile {
  return { shape, problems, content: null, checkAgainst: () => [] };
}
