import type { GroupPage } from "#shared/contract/coverage.ts";
import { paths } from "#renderer/api/paths.ts";
import { REASON_WORDS } from "#renderer/api/words.ts";
import { Section } from "#renderer/ui/section.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { CellMark } from "./cell-mark.tsx";
import { cellWords } from "./cell-words.ts";
import { rankOf } from "./person-groups.ts";

/** Who of the team is asked for in a group, what is open first, and who is there besides. */
export function GroupMembers({ page }: { page: Pick<GroupPage, "row" | "people" | "alsoPresent"> }) {
  const { row } = page;
  const asked = page.people
    .flatMap((person) => {
      const cell = row.cells.find(({ personId }) => personId === person.personId);
      return cell ? { person, cell } : [];
    })
    .sort((a, b) => rankOf({ group: row.group, ...a }) - rankOf({ group: row.group, ...b }));
  return (
    <Section
      title="Team members"
      aside={
        <span className="tabular text-xs text-fg-muted">
          {row.requiredPresent} of {row.requiredTotal} required present
        </span>
      }
      isFlush
    >
      <ul className="divide-y divide-line">
        {asked.map(({ person, cell }) => (
          <li key={person.personId} className="flex min-h-row items-center gap-3 px-4 py-1 text-sm">
            <CellMark cell={cell} />
            <span className="w-44 shrink-0 truncate">
              <TextLink to={paths.person(person.personId)}>{person.name}</TextLink>
            </span>
            <span className="min-w-0 text-fg-muted">
              {cellWords(cell)}
              {cell.reason ? (
                <span className="block text-xs text-warn-fg">{REASON_WORDS[cell.reason].sentence}</span>
              ) : null}
            </span>
          </li>
        ))}
        {page.alsoPresent.map((person) => (
          <li key={person.personId} className="flex min-h-row items-center gap-3 px-4 py-1 text-sm">
            <CellMark cell={{ presence: "present", level: "optional", exclusionId: null }} />
            <span className="w-44 shrink-0 truncate">
              <TextLink to={paths.person(person.personId)}>{person.name}</TextLink>
            </span>
            <span className="text-fg-muted">Present, not asked for</span>
          </li>
        ))}
      </ul>
      {asked.length + page.alsoPresent.length === 0 ? (
        <p className="p-4 text-sm text-fg-muted">Nobody is asked for in this group.</p>
      ) : null}
    </Section>
  );
}
