import type { Platform } from "#shared/domain/ids.ts";
import type { DeprecatedTerm } from "#shared/domain/rules.ts";

/** What is wrong with one name, and what it should be instead. */
export interface NameVerdict {
  /** The terms found, each once, in the order of the name, spelled as in the rules. */
  readonly terms: readonly string[];
  /** The name with every term replaced; null when none is in it, or nothing would be left. */
  readonly suggestedName: string | null;
}

/** Slack: at most 80 characters, lower case (docs.slack.dev, conversations.rename; checked 2026-11). */
const SLACK_NAME_MAX = 80;

/**
 * Compiles the deprecated terms once. Terms are found anywhere in a name without regard to case, longer ones first,
 * and what a replacement brings in is not searched again. A replacement follows the case of what it replaces where
 * the platform has only one (Slack: lower case, blanks become hyphens).
 */
export function compileNameCheck(
  deprecated: readonly DeprecatedTerm[],
): (name: string, platform: Platform) => NameVerdict {
  const byFolded = new Map<string, DeprecatedTerm>();
  for (const entry of deprecated) {
    const folded = fold(entry.term);
    if (folded !== "" && !byFolded.has(folded)) byFolded.set(folded, entry);
  }
  const longestFirst = [...byFolded.keys()].sort((left, right) => right.length - left.length);
  if (longestFirst.length === 0) return () => ({ terms: [], suggestedName: null });
  // Only literals, so there is nothing to backtrack into.
  const anyTerm = new RegExp(longestFirst.map(escapeLiteral).join("|"), "giu");

  return (name, platform) => {
    const found = new Set<string>();
    const replaced = name.normalize("NFC").replace(anyTerm, (hit) => {
      const entry = byFolded.get(fold(hit));
      if (entry === undefined) return hit;
      found.add(entry.term);
      return entry.replacement === "" ? DROPPED : entry.replacement.normalize("NFC");
    });
    if (found.size === 0) return { terms: [], suggestedName: null };
    const joined = closeGaps(replaced);
    const tidy = platform === "slack" ? tidySlackName(joined) : joined.trim();
    return { terms: [...found], suggestedName: tidy === "" ? null : tidy };
  };
}

/** Stands for a term that was dropped, until its separators are closed up; no name holds it. */
const DROPPED = "\u0000";

/** `a-ibtc-b` without its term is `a-b`, and `ibtc-b` is `b`; separators elsewhere stay as they are. */
function closeGaps(name: string): string {
  return name.replaceAll(
    /([-_ ]*)(?:\u0000[-_ ]*)+/gu,
    (gap: string, before: string, at: number, whole: string) => {
      const isEdge = at === 0 || at + gap.length === whole.length;
      const after = /[-_ ]*$/u.exec(gap)?.[0] ?? "";
      return isEdge ? "" : before || after;
    },
  );
}

function tidySlackName(name: string): string {
  const joined = name.trim().toLowerCase().replaceAll(/\s+/gu, "-");
  return [...joined].slice(0, SLACK_NAME_MAX).join("");
}

function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

function escapeLiteral(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
