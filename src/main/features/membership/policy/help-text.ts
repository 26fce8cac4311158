import type { HelpTemplates } from "#shared/domain/offboarding.ts";

/** What a message to somebody says about whom and what. */
export interface HelpWords {
  /** Whom it goes to. */
  readonly name: string;
  readonly group: string;
  /** Who leaves; for ownership without anybody leaving, who asks. */
  readonly person: string;
  /** Who asks. */
  readonly me: string;
}

/** What there is until the operator writes something else. */
export const DEFAULT_HELP_TEMPLATES: HelpTemplates = {
  ownership:
    "Hi {name}, could you make me ({me}) the owner of “{group}”, or at least an admin who may change its info? Thank you!",
  removal: "Hi {name}, {person} is leaving us. Could you please remove {person} from “{group}”? Thank you!",
};

/** The longest message that an operation sends. */
const LONGEST = 4_000;

/** Fills a template in. Braces around anything else stay as they are, and what is filled in is not filled in again. */
export function fillTemplate(template: string, words: HelpWords): string {
  const filled = template.replaceAll(
    /\{(name|group|person|me)\}/gu,
    (_whole, word: keyof HelpWords) => words[word],
  );
  return filled.slice(0, LONGEST);
}
