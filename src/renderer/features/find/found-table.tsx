import { SearchX } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import type { GroupKey } from "#shared/domain/ids.ts";
import { Platform } from "#shared/domain/ids.ts";
import type { FoundGroup } from "#shared/domain/offboarding.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { DataTable } from "#renderer/ui/data-table.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { FilterMenu } from "#renderer/ui/filter-menu.tsx";
import { formatCount, formatNoun } from "#renderer/ui/format.ts";
import { SearchInput } from "#renderer/ui/search-input.tsx";
import { Toolbar } from "#renderer/ui/toolbar.tsx";
import { useShortcut } from "#renderer/ui/use-shortcut.ts";
import { clearPick, pickGroups, useFind } from "./find-state.ts";
import { RIGHT_WORDS, RIGHTS } from "./find-words.ts";
import { foundColumns } from "./found-columns.tsx";
import { FoundMenu } from "./found-menu.tsx";
import { PickBar } from "./pick-bar.tsx";
import { NO_FILTER, visibleFound } from "./visible-found.ts";

interface FoundTableProps {
  readonly groups: readonly FoundGroup[];
  readonly person: Pick<TeamMember, "id" | "name"> | null;
}

const pickOne = (groupKey: GroupKey, isPicked: boolean): void => pickGroups([groupKey], isPicked);

/** Every group that was found: narrowed, sorted, picked from. */
export function FoundTable({ groups, person }: FoundTableProps) {
  const [filter, setFilter] = useState(NO_FILTER);
  const { picked } = useFind();
  const rows = useMemo(() => visibleFound(groups, filter), [groups, filter]);
  const hasPerson = person !== null;
  const columns = useMemo(() => foundColumns({ picked, onPick: pickOne, hasPerson }), [picked, hasPerson]);
  const chosen = useMemo(() => groups.filter(({ groupKey }) => picked.has(groupKey)), [groups, picked]);
  const rights = useMemo(() => Map.groupBy(groups, ({ ownRight }) => ownRight), [groups]);
  const pickShown = useCallback(
    () =>
      pickGroups(
        rows.map(({ groupKey }) => groupKey),
        true,
      ),
    [rows],
  );
  useShortcut("mod+a", pickShown);
  useShortcut("Escape", clearPick, { enabled: picked.size > 0 });
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Toolbar label="Groups shown">
        <SearchInput
          label="Search groups"
          value={filter.search}
          onChange={(search) => setFilter({ ...filter, search })}
        />
        <FilterMenu
          label="Our right"
          options={RIGHTS.filter((right) => rights.has(right)).map((value) => ({
            value,
            label: RIGHT_WORDS[value].sentence,
            count: rights.get(value)?.length ?? 0,
          }))}
          chosen={filter.rights}
          onChange={(chosenRights) => setFilter({ ...filter, rights: chosenRights })}
        />
        <FilterMenu<Platform>
          label="Platform"
          options={Platform.options.map((value) => ({ value, label: PLATFORM_WORDS[value] }))}
          chosen={filter.platforms}
          onChange={(platforms) => setFilter({ ...filter, platforms })}
        />
        <span role="status" className="tabular text-sm text-fg-muted">
          {rows.length === groups.length
            ? formatNoun(groups.length, "group")
            : `${formatCount(rows.length)} of ${formatNoun(groups.length, "group")}`}
        </span>
        <span className="ml-auto flex items-center gap-1.5">
          <Button variant="ghost" disabled={rows.length === 0} onClick={pickShown}>
            Pick all shown ({formatCount(rows.length)})
          </Button>
          <FoundMenu personId={person?.id ?? null} shown={rows} />
        </span>
      </Toolbar>
      <div className="min-h-40 min-w-0 flex-1">
        {rows.length === 0 ? (
          <EmptyState
            icon={<SearchX />}
            title="No group fits the filter"
            action={<Button onClick={() => setFilter(NO_FILTER)}>Show all groups</Button>}
          >
            {formatNoun(groups.length, "group is", "groups are")} hidden.
          </EmptyState>
        ) : (
          <DataTable<FoundGroup>
            label={person ? `Groups of ${person.name}` : "Every group"}
            columns={columns}
            rows={rows}
            rowKey={({ groupKey }) => groupKey}
            initialSort={{ id: "group", desc: false }}
          />
        )}
      </div>
      {chosen.length > 0 ? <PickBar groups={chosen} person={person} /> : null}
    </div>
  );
}
