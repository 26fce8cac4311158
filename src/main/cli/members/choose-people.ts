import type { Membership } from "#main/features/membership/index.ts";
import type { PeopleLines } from "#shared/contract/membership.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { Prompt } from "../prompt.ts";
import type { Terminal } from "../terminal.ts";
import type { UsageProblem } from "./usage-problem.ts";

type Candidates = PeopleLines["ambiguous"][number];

/**
 * Whom the words of a command line mean. Somebody named twice counts once, and that is said. A word that fits several
 * people is asked about where a person is at the terminal; elsewhere, and for a word that fits nobody, nothing is done.
 */
export async function choosePeople(
  membership: Pick<Membership, "resolvePeople">,
  words: readonly string[],
  asking: { readonly terminal: Pick<Terminal, "note">; readonly prompt: Prompt },
): Promise<Result<PersonId[], UsageProblem>> {
  const read = await membership.resolvePeople({ lines: words });
  for (const word of read.duplicates) asking.terminal.note(`${word}: named twice, counted once.`);
  const chosen = read.found.map(({ personId }) => personId);
  const wrong = new Map<string, string>(read.unknown.map((word) => [word, "fits nobody of the team"]));
  for (const candidates of read.ambiguous) {
    const person = wrong.size > 0 ? null : await askWhich(candidates, asking);
    if (person === null) wrong.set(candidates.line, `fits ${candidates.people.map(describe).join("; ")}`);
    else chosen.push(person);
  }
  if (wrong.size === 0 && chosen.length > 0) return ok([...new Set(chosen)]);
  return err({
    message: wrong.size === 0 ? "Nobody was named." : "It is not clear who is meant; nothing was done.",
    words: Object.fromEntries(wrong),
    todo: "Name each person by an id, a handle, an e-mail address or a full name of the team.",
  });
}

/** Null when nobody can be asked, or no answer comes. */
async function askWhich(
  { line, people }: Candidates,
  { terminal, prompt }: { readonly terminal: Pick<Terminal, "note">; readonly prompt: Prompt },
): Promise<PersonId | null> {
  if (!prompt.isInteractive) return null;
  terminal.note(`“${line}” fits ${people.length} people:`);
  for (const [at, person] of people.entries()) terminal.note(`  ${at + 1}  ${describe(person)}`);
  for (;;) {
    const answer = await prompt.ask(`Which one? 1 to ${people.length}, or nothing to stop:`);
    if (answer === null || answer.trim() === "") return null;
    const person = /^\d+$/.test(answer.trim()) ? people[Number(answer) - 1] : undefined;
    if (person !== undefined) return person.personId;
  }
}

function describe({ personId, name, hint }: Candidates["people"][number]): string {
  return `${name} (${hint === personId ? hint : `${hint}, ${personId}`})`;
}
