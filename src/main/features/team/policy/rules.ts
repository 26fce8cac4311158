import { CategoryId, type PersonId } from "#shared/domain/ids.ts";
import type { Category, Rules } from "#shared/domain/rules.ts";

/** The rules of a profile in which nobody saved any. The last category takes what no other takes. */
export function defaultRules(): Rules {
  return {
    customerGroups: { include: ["*bitsafe*"], exclude: [] },
    categories: [
      category("marketing", "Marketing", ["*-mktg", "*-mktg-*", "*marketing*"]),
      category("internal", "Internal", ["*internal*"]),
      category("intro", "Intro", ["*intro*"]),
      {
        ...category("bd-customer", "BD customer", ["*"]),
        requirements: [{ target: { kind: "everyone" }, level: "required" }],
        expectPrivate: true,
      },
    ],
    deprecatedTerms: [{ term: "iBTC", replacement: "BitSafe" }],
  };
}

function category(id: string, name: string, patterns: readonly string[]): Category {
  return {
    id: CategoryId.parse(id),
    name,
    matchers: patterns.map((pattern) => ({ kind: "pattern", pattern })),
    requirements: [],
    expectPrivate: false,
  };
}

/**
 * The rules without requirements that name somebody who is not on the team; Telegram groups shared with such a person
 * become those of the connected account.
 */
export function forgetStrangers(rules: Rules, team: readonly { readonly id: PersonId }[]): Rules {
  const known = new Set(team.map(({ id }) => id));
  const categories = rules.categories.map((each) => ({
    ...each,
    requirements: each.requirements.filter(
      ({ target }) => target.kind !== "person" || known.has(target.personId),
    ),
  }));
  const scope = rules.telegramScope;
  const isLost = scope?.kind === "shared-with" && scope.personId !== null && !known.has(scope.personId);
  return {
    ...rules,
    categories,
    ...(isLost && { telegramScope: { kind: "shared-with" as const, personId: null } }),
  };
}

/** What is wrong with a name pattern, in words; null when nothing is. */
export function findPatternProblem(pattern: string): string | null {
  const symbols = [...pattern];
  let braces = 0;
  for (let at = 0; at < symbols.length; at++) {
    const symbol = symbols[at];
    if (symbol === "\\") at += 1;
    else if (symbol === "{") braces += 1;
    else if (symbol === "}" && braces > 0) braces -= 1;
    else if (symbol === "[") {
      // A bracket right after the opening (or its negation) belongs to the set.
      const first = symbols[at + 1] === "!" || symbols[at + 1] === "^" ? at + 2 : at + 1;
      const end = symbols.indexOf("]", first + 1);
      if (end < 0) return "has a “[” that is never closed; write “\\[” to mean the character itself";
      at = end;
    }
  }
  return braces === 0 ? null : "has a “{” that is never closed; write “\\{” to mean the character itself";
}
