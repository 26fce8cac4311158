import type { RunPerson } from "#shared/domain/coverage.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { FINDING_WORDS, PLATFORM_WORDS } from "#renderer/api/words.ts";
import { Badge } from "#renderer/ui/badge.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { formatCount } from "#renderer/ui/format.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { SidePanel } from "#renderer/ui/side-panel.tsx";
import { CellDetail } from "./cell-detail.tsx";
import { PeopleList } from "./people-list.tsx";

interface GroupPanelProps {
  row: MatrixRow;
  people: readonly RunPerson[];
  personId: PersonId | undefined;
  onSelectPerson: (personId: PersonId) => void;
  onExclude: (personId: PersonId) => void;
  onClose: () => void;
}

/** Everything known about one group, and about the chosen person in it. */
export function GroupPanel({ row, people, personId, onSelectPerson, onExclude, onClose }: GroupPanelProps) {
  const { group, findings } = row;
  const person = people.find((one) => one.personId === personId);
  return (
    <SidePanel
      label={`Details of ${group.name}`}
      onClose={onClose}
      header={
        <>
          <h2 className="truncate text-base font-semibold" title={group.name}>
            {group.name}
          </h2>
          <p className="text-xs text-fg-muted">
            {PLATFORM_WORDS[group.platform]} · {group.categoryName ?? "No category"}
          </p>
        </>
      }
    >
      <div className="space-y-4 p-4">
        {person ? (
          <CellDetail row={row} person={person} onExclude={() => onExclude(person.personId)} />
        ) : null}
        {group.unreadable ? (
          <Notice tone="warn" title={group.unreadable.message}>
            {group.unreadable.todo}
          </Notice>
        ) : null}
        {findings.length > 0 ? (
          <section aria-label="Findings">
            <h3 className="mb-1.5 text-xs font-semibold text-fg-muted">Findings</h3>
            <ul className="flex flex-wrap gap-1.5">
              {findings.map((kind) => (
                <li key={kind}>
                  <Badge tone={kind === "missing-required" || kind === "public-channel" ? "danger" : "warn"}>
                    {FINDING_WORDS[kind]}
                  </Badge>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <section aria-label="Facts">
          <h3 className="mb-1.5 text-xs font-semibold text-fg-muted">Group</h3>
          <Facts
            entries={[
              ["Privacy", group.privacy === "public" ? "Public" : "Private"],
              ["Shared", group.isShared ? "With another organisation" : null],
              ["State", group.isArchived ? "Archived" : null],
              ["Members", group.memberCount === null ? "Not known" : formatCount(group.memberCount)],
              ["Requires", group.requiresFullTeam ? "The full team" : null],
              ["New name", group.suggestedName],
              [
                "Id",
                <code key="id" className="font-mono text-xs select-text">
                  {group.groupId}
                </code>,
              ],
            ]}
          />
        </section>
        <PeopleList row={row} people={people} personId={personId} onSelect={onSelectPerson} />
      </div>
    </SidePanel>
  );
}
