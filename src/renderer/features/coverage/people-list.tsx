import type { RunPerson } from "#shared/domain/coverage.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { cx } from "#renderer/ui/class-names.ts";
import { CellMark } from "./cell-mark.tsx";
import { cellWords } from "./cell-words.ts";

interface PeopleListProps {
  row: MatrixRow;
  people: readonly RunPerson[];
  personId: PersonId | undefined;
  onSelect: (personId: PersonId) => void;
}

/** Who is asked for in a group: what is open first. */
export function PeopleList({ row, people, personId, onSelect }: PeopleListProps) {
  const asked = row.cells
    .flatMap((cell) => {
      const person = people.find((one) => one.personId === cell.personId);
      return person ? { cell, person } : [];
    })
    .sort((a, b) => Number(a.cell.presence === "present") - Number(b.cell.presence === "present"));
  if (asked.length === 0) return <p className="text-sm text-fg-muted">Nobody is asked for in this group.</p>;
  return (
    <section aria-label="People">
      <h3 className="mb-1 text-xs font-semibold text-fg-muted">
        People: {row.requiredPresent} of {row.requiredTotal} required present
      </h3>
      <ul className="-mx-2">
        {asked.map(({ cell, person }) => (
          <li key={person.personId}>
            <button
              type="button"
              aria-pressed={person.personId === personId}
              onClick={() => onSelect(person.personId)}
              className={cx(
                "flex min-h-7 w-full items-center gap-2 rounded-md px-2 text-left text-sm",
                person.personId === personId ? "bg-selected" : "hover:bg-hover",
              )}
            >
              <CellMark cell={cell} />
              <span className="truncate">{person.name}</span>
              <span className="ml-auto truncate text-xs text-fg-muted">{cellWords(cell)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
