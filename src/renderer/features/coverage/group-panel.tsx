import { SpellCheck } from "lucide-react";
import type { RunPerson } from "#shared/domain/coverage.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { paths } from "#renderer/api/paths.ts";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import { planDeprecatedRenames } from "#renderer/features/operations/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { SidePanel } from "#renderer/ui/side-panel.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { CellDetail } from "./cell-detail.tsx";
import { FindingList } from "./finding-list.tsx";
import { GroupFacts } from "./group-facts.tsx";
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
          <p className="flex items-center gap-1 text-xs text-fg-muted">
            <PlatformMark platform={group.platform} isNamed /> · {group.categoryName ?? "No category"} ·{" "}
            <TextLink to={paths.group(group.key)}>Group page</TextLink>
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
            <FindingList findings={findings} />
            {group.suggestedName ? (
              <Button
                icon={<SpellCheck />}
                className="mt-2 max-w-full"
                onClick={() => void planDeprecatedRenames({ by: "key", groupKeys: [group.key] })}
              >
                <span className="truncate">Rename to {group.suggestedName}…</span>
              </Button>
            ) : null}
          </section>
        ) : null}
        <section aria-label="Facts">
          <h3 className="mb-1.5 text-xs font-semibold text-fg-muted">Group</h3>
          <GroupFacts group={group} />
        </section>
        <PeopleList row={row} people={people} personId={personId} onSelect={onSelectPerson} />
      </div>
    </SidePanel>
  );
}
