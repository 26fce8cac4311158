import { paths } from "#renderer/api/paths.ts";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import type { DataColumn } from "#renderer/ui/data-table.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { CellMark } from "./cell-mark.tsx";
import { cellWords } from "./cell-words.ts";
import { type PersonGroup, rankOf } from "./person-groups.ts";

/** What a person's page tells about each group. */
export const PERSON_GROUP_COLUMNS: readonly DataColumn<PersonGroup>[] = [
  {
    id: "group",
    header: "Group",
    width: "46%",
    sortBy: ({ group }) => group.name,
    cell: ({ group }) => (
      <span className="flex min-w-0 items-center gap-2">
        <PlatformMark platform={group.platform} />
        <span title={group.name} className="w-0 min-w-32 flex-1 truncate">
          <TextLink to={paths.group(group.key)}>{group.name}</TextLink>
        </span>
      </span>
    ),
  },
  {
    id: "presence",
    header: "Presence",
    sortBy: rankOf,
    cell: ({ cell }) => (
      <span className="flex items-center gap-2">
        {cell ? <CellMark cell={cell} /> : null}
        <span className="truncate">{cell ? cellWords(cell) : "Present, not asked for"}</span>
      </span>
    ),
  },
  {
    id: "category",
    header: "Category",
    width: "11rem",
    sortBy: ({ group }) => group.categoryName ?? "",
    cell: ({ group }) => <span className="truncate text-fg-muted">{group.categoryName ?? "None"}</span>,
  },
];
