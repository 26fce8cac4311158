import { UserPlus } from "lucide-react";
import type { RunPerson } from "#shared/domain/coverage.ts";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { paths } from "#renderer/api/paths.ts";
import { PRESENCE_WORDS, REASON_WORDS } from "#renderer/api/words.ts";
import { planOperation } from "#renderer/features/operations/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { KeyboardHint } from "#renderer/ui/keyboard-hint.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { CellHistory } from "./cell-history.tsx";
import { CellMark } from "./cell-mark.tsx";
import { ExclusionDetail } from "./exclusion-detail.tsx";

interface CellDetailProps {
  row: MatrixRow;
  person: RunPerson;
  onExclude: () => void;
}

/** One person in one group: the result, why, what was accepted, and how it was before. */
export function CellDetail({ row, person, onExclude }: CellDetailProps) {
  const cell = row.cells.find(({ personId }) => personId === person.personId);
  return (
    <section
      aria-label={`${person.name} in ${row.group.name}`}
      className="rounded-lg border border-line bg-surface"
    >
      <div className="flex flex-wrap items-center gap-2.5 px-3 py-2.5">
        {cell ? <CellMark cell={cell} /> : null}
        <div className="min-w-40 flex-1">
          <h3 className="truncate text-sm font-semibold">
            <TextLink to={paths.person(person.personId)}>{person.name}</TextLink>
          </h3>
          <p className="text-xs text-fg-muted">
            {cell
              ? `${PRESENCE_WORDS[cell.presence]}, ${cell.level}`
              : "Not asked for in this group by any requirement"}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {cell && cell.presence === "absent" && cell.exclusionId === null ? (
            <Button
              icon={<UserPlus />}
              onClick={() =>
                void planOperation({
                  kind: "add",
                  targets: { by: "pair", pairs: [{ groupKey: row.group.key, personId: person.personId }] },
                  platforms: [row.group.platform],
                })
              }
            >
              Add… <KeyboardHint keys="a" />
            </Button>
          ) : null}
          {cell && cell.presence !== "present" && cell.exclusionId === null ? (
            <Button onClick={onExclude}>
              Exclude… <KeyboardHint keys="x" />
            </Button>
          ) : null}
        </div>
      </div>
      {cell?.reason ? (
        <p className="border-t border-line px-3 py-2 text-sm text-warn-fg">
          {REASON_WORDS[cell.reason].sentence}
        </p>
      ) : null}
      {cell?.exclusionId ? <ExclusionDetail exclusionId={cell.exclusionId} /> : null}
      {cell ? <CellHistory groupKey={row.group.key} personId={person.personId} level={cell.level} /> : null}
    </section>
  );
}
