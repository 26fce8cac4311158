import type { RunGroup } from "#shared/domain/coverage.ts";
import { GROUP_KIND_WORDS, historyWords, OWN_RIGHT_WORDS } from "#renderer/api/words.ts";
import { Facts } from "#renderer/ui/facts.tsx";
import { formatCount } from "#renderer/ui/format.ts";

/** What a run saw of a group itself, whoever is in it. */
export function GroupFacts({ group }: { group: RunGroup }) {
  const { telegram } = group;
  return (
    <Facts
      entries={[
        ["Kind", telegram ? GROUP_KIND_WORDS[telegram.kind] : null],
        ["Privacy", group.privacy === "public" ? "Public" : "Private"],
        ["Shared", group.isShared ? "With another organisation" : null],
        ["State", group.isArchived ? "Archived" : null],
        ["Members", group.memberCount === null ? "Not known" : formatCount(group.memberCount)],
        ["History", telegram ? historyWords(telegram.isHistoryHidden) : null],
        ["Our right", telegram ? OWN_RIGHT_WORDS[telegram.ownRight].sentence : null],
        ["Requires", group.requiresFullTeam ? "The full team" : null],
        ["New name", group.suggestedName],
        ["Was before", group.migratedFrom ? "A basic group, whose history goes on here" : null],
        [
          "Id",
          <code key="id" className="font-mono text-xs break-all select-text">
            {group.groupId}
          </code>,
        ],
      ]}
    />
  );
}
