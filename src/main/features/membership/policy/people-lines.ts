import type { PeopleLines } from "#shared/contract/membership.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { foldText, plainLetters } from "./folded-text.ts";

/**
 * Who is meant by each line: an id (of the team, or of an account), an e-mail address, a handle, a full name, or a part
 * of a name, and these without the marks on their letters; the most exact reading that fits anybody counts. A line that fits several people is asked about, one that
 * names somebody again is a duplicate, and empty ones are passed over.
 */
export function resolvePeopleLines(lines: readonly string[], team: readonly TeamMember[]): PeopleLines {
  const readings = indexTeam(team);
  const answer: PeopleLines = { found: [], unknown: [], duplicates: [], ambiguous: [] };
  const named = new Set<PersonId>();
  for (const line of lines) {
    const text = readPersonLine(line);
    if (text === "") continue;
    const people = readings.map((read) => read(text)).find((fits) => fits.length > 0) ?? [];
    const [only] = people;
    if (only === undefined) answer.unknown.push(line.trim());
    else if (people.length > 1)
      answer.ambiguous.push({
        line: line.trim(),
        people: people.map((member) => ({ personId: member.id, name: member.name, hint: hintOf(member) })),
      });
    else if (named.has(only.id)) answer.duplicates.push(line.trim());
    else {
      named.add(only.id);
      answer.found.push({ personId: only.id, name: only.name });
    }
  }
  return answer;
}

/** What a line names, folded: without an `@` before it, a link around it, or Slack's marks of a mention. */
function readPersonLine(line: string): string {
  const folded = foldText(line);
  const inside = /^<@([^|>]+)(?:\|[^>]*)?>$/u.exec(folded) ?? /^(?:mailto:)(.+)$/u.exec(folded);
  const link =
    /^(?:https?:\/\/)?(?:www\.)?(?:t\.me|telegram\.me)\/([^/?#]+)/u.exec(folded) ??
    /^https?:\/\/[^/]+\.slack\.com\/team\/([^/?#]+)/u.exec(folded) ??
    /^tg:\/\/(?:user\?id|resolve\?domain)=([^&]+)/u.exec(folded);
  return (inside?.[1] ?? link?.[1] ?? folded).replace(/^@/u, "").trim();
}

/** Whom a folded text names; nobody when it names nobody. */
type Reading = (text: string) => readonly TeamMember[];

/** From the most exact reading to the least. */
function indexTeam(team: readonly TeamMember[]): readonly Reading[] {
  return [
    indexBy(team, (member) => [member.id, ...member.identities.map(({ userId }) => userId)]),
    indexBy(team, (member) => [member.email]),
    indexBy(team, (member) => member.identities.map(({ username }) => username)),
    indexBy(team, (member) => [member.name]),
    indexBy(team, partsOf),
    indexBy(team, (member) => [member.name, ...partsOf(member)], plainLetters),
  ];
}

function partsOf({ name }: TeamMember): string[] {
  return foldText(name).split(/[\s.,()]+/u);
}

function indexBy(
  team: readonly TeamMember[],
  textsOf: (member: TeamMember) => readonly (string | null)[],
  fold = foldText,
): Reading {
  const index = new Map<string, TeamMember[]>();
  for (const member of team) {
    const texts = new Set(textsOf(member).flatMap((text) => (text === null ? [] : [fold(text)])));
    for (const text of texts) {
      const there = index.get(text);
      if (there === undefined) index.set(text, [member]);
      else there.push(member);
    }
  }
  index.delete("");
  return (text) => index.get(fold(text)) ?? [];
}

/** What tells two people of one name apart. */
function hintOf({ id, role, email, identities }: TeamMember): string {
  const handle = identities.find(({ username }) => username !== null)?.username ?? null;
  const parts = [role, email, handle === null ? null : `@${handle}`].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(", ") : id;
}
