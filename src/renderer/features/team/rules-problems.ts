import { type Rules, Rules as RulesSchema } from "#shared/domain/rules.ts";

/** The tab of the screen on which a problem can be put right. */
export type RulesPlace = "categories" | "customer-groups" | "deprecated-terms";

/** Something in the draft that cannot be saved as it is. `path` is where, e.g. `categories.2.name`. */
export interface RulesProblem {
  readonly place: RulesPlace;
  readonly path: string;
  readonly problem: string;
}

/** Every reason why the draft cannot be saved, in the order of the screen; empty when it can. */
export function findRulesProblems(draft: Rules): RulesProblem[] {
  return [...emptyProblems(draft), ...duplicateProblems(draft), ...schemaProblems(draft)].filter(
    (problem, index, all) => all.findIndex((other) => other.path === problem.path) === index,
  );
}

/** The problem of one field, or undefined. */
export function problemAt(problems: readonly RulesProblem[], path: string): string | undefined {
  return problems.find((problem) => problem.path === path)?.problem;
}

function emptyProblems(draft: Rules): RulesProblem[] {
  const problems: RulesProblem[] = [];
  draft.categories.forEach((category, at) => {
    const place = "categories" as const;
    if (category.name.trim() === "")
      problems.push({ place, path: `categories.${at}.name`, problem: "Give the category a name." });
    category.matchers.forEach((matcher, nth) => {
      const path = `categories.${at}.matchers.${nth}`;
      if (matcher.kind === "pattern" && matcher.pattern.trim() === "")
        problems.push({ place, path, problem: "Write a pattern, such as *-support." });
      if (matcher.kind === "name" && matcher.names.length === 0)
        problems.push({ place, path, problem: "Write at least one group name." });
      if (matcher.kind === "id" && matcher.ids.length === 0)
        problems.push({ place, path, problem: "Write at least one group id." });
    });
  });
  if (draft.telegramScope?.kind === "folder" && draft.telegramScope.title.trim() === "")
    problems.push({
      place: "customer-groups",
      path: "telegramScope.title",
      problem: "Write the folder's title.",
    });
  draft.deprecatedTerms.forEach((term, at) => {
    if (term.term.trim() === "")
      problems.push({
        place: "deprecated-terms",
        path: `deprecatedTerms.${at}.term`,
        problem: "Write the term that should disappear.",
      });
  });
  return problems;
}

function duplicateProblems(draft: Rules): RulesProblem[] {
  const problems: RulesProblem[] = [];
  const folded = (text: string) => text.trim().toLocaleLowerCase("en");
  const repeats = (texts: readonly string[], at: number) =>
    texts.findIndex((text) => folded(text) === folded(texts[at] ?? "")) < at;

  const names = draft.categories.map((category) => category.name);
  names.forEach((_, at) => {
    if (repeats(names, at))
      problems.push({
        place: "categories",
        path: `categories.${at}.name`,
        problem: "Another category has this name.",
      });
  });
  const terms = draft.deprecatedTerms.map((term) => term.term);
  terms.forEach((_, at) => {
    if (repeats(terms, at))
      problems.push({
        place: "deprecated-terms",
        path: `deprecatedTerms.${at}.term`,
        problem: "This term is listed already.",
      });
  });
  return problems;
}

/** Limits that only the schema knows (lengths, counts). */
function schemaProblems(draft: Rules): RulesProblem[] {
  const parsed = RulesSchema.safeParse(draft);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({
    place: placeOf(issue.path[0]),
    // A matcher shows its problem as a whole, whichever of its fields is wrong.
    path: (issue.path[2] === "matchers" ? issue.path.slice(0, 4) : issue.path).join("."),
    problem: `${issue.message}.`,
  }));
}

function placeOf(head: PropertyKey | undefined): RulesPlace {
  if (head === "customerGroups" || head === "telegramScope") return "customer-groups";
  if (head === "deprecatedTerms") return "deprecated-terms";
  return "categories";
}
