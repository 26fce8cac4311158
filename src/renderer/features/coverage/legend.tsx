import { CellMark } from "./cell-mark.tsx";

const ENTRIES = [
  { name: "Present", cell: { presence: "present", level: "required", exclusionId: null } },
  { name: "Absent, required", cell: { presence: "absent", level: "required", exclusionId: null } },
  { name: "Absent, optional", cell: { presence: "absent", level: "optional", exclusionId: null } },
  { name: "Unknown", cell: { presence: "unknown", level: "required", exclusionId: null } },
  { name: "Excluded", cell: { presence: "absent", level: "required", exclusionId: "any" as never } },
] as const;

/** What the signs of the matrix mean, and how much of it is shown. */
export function Legend({ shown, total, people }: { shown: number; total: number; people: number }) {
  return (
    <footer className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-5 py-1.5 text-xs text-fg-muted">
      <p className="tabular mr-auto" role="status">
        {shown === total ? `${total} groups` : `${shown} of ${total} groups`} × {people} people
      </p>
      <ul aria-label="Signs" className="flex flex-wrap gap-x-4 gap-y-1">
        {ENTRIES.map(({ name, cell }) => (
          <li key={name} className="flex items-center gap-1">
            <CellMark cell={cell} />
            {name}
          </li>
        ))}
      </ul>
    </footer>
  );
}
