import type { FoundGroup } from "#shared/domain/offboarding.ts";
import { PLATFORM_WORDS, PRESENCE_WORDS } from "#renderer/api/words.ts";
import { csvText } from "#renderer/ui/csv-text.ts";
import { allowedIn, RIGHT_WORDS } from "./find-words.ts";

/** The groups as CSV with a header line; presence only where somebody was looked for. */
export function foundCsv(groups: readonly FoundGroup[], hasPerson: boolean): string {
  const presence = (words: string): string[] => (hasPerson ? [words] : []);
  return csvText([
    ["Group", "Platform", "Connection", ...presence("Presence"), "Our right", "We may", "Archived", "Key"],
    ...groups.map((group) => [
      group.groupName,
      PLATFORM_WORDS[group.platform],
      group.connectionLabel,
      ...presence(PRESENCE_WORDS[group.presence]),
      RIGHT_WORDS[group.ownRight].short,
      allowedIn(group).words,
      group.isArchived ? "yes" : "no",
      group.groupKey,
    ]),
  ]);
}
