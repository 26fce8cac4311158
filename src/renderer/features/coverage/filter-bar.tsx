import type { FindingKind } from "#shared/domain/coverage.ts";
import { Platform } from "#shared/domain/ids.ts";
import type { Matrix, MatrixFilter } from "#shared/domain/matrix.ts";
import type { PresenceKind } from "#shared/domain/presence.ts";
import { FINDING_WORDS, PLATFORM_WORDS, PRESENCE_WORDS } from "#renderer/api/words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { FilterMenu } from "#renderer/ui/filter-menu.tsx";
import { SearchInput } from "#renderer/ui/search-input.tsx";
import { Toolbar } from "#renderer/ui/toolbar.tsx";
import { applyView, changeFilter, useMatrixState } from "./matrix-state.ts";
import { ViewsMenu } from "./views-menu.tsx";

/** What the matrix is narrowed to. */
export function FilterBar({ matrix }: { matrix: Matrix }) {
  const { filter } = useMatrixState();
  const groups = matrix.rows.map(({ group }) => group);
  const platforms = countBy(groups.map(({ platform }) => platform));
  const categories = new Map(groups.map(({ categoryId, categoryName }) => [categoryId, categoryName]));
  const categoryCounts = countBy(groups.map(({ categoryId }) => categoryId));
  const findingCounts = countBy(matrix.rows.flatMap(({ findings }) => findings));
  return (
    <Toolbar label="Filter">
      <ViewsMenu />
      <SearchInput
        label="Search groups"
        className="w-52"
        value={filter.search}
        onChange={(search) => changeFilter({ search })}
      />
      {platforms.size > 1 ? (
        <FilterMenu<Platform>
          label="Platform"
          options={Platform.options.map((value) => ({
            value,
            label: PLATFORM_WORDS[value],
            count: platforms.get(value) ?? 0,
          }))}
          chosen={filter.platforms}
          onChange={(chosen) => changeFilter({ platforms: chosen })}
        />
      ) : null}
      <FilterMenu
        label="Category"
        options={[...categories].flatMap(([value, name]) =>
          value === null ? [] : { value, label: name ?? value, count: categoryCounts.get(value) ?? 0 },
        )}
        chosen={filter.categoryIds}
        onChange={(categoryIds) => changeFilter({ categoryIds })}
      />
      <FilterMenu<FindingKind>
        label="Findings"
        options={keysOf(FINDING_WORDS).map((value) => ({
          value,
          label: FINDING_WORDS[value],
          count: findingCounts.get(value) ?? 0,
        }))}
        chosen={filter.findings}
        onChange={(findings) => changeFilter({ findings })}
      />
      <FilterMenu<PresenceKind>
        label="Presence"
        options={keysOf(PRESENCE_WORDS).map((value) => ({ value, label: PRESENCE_WORDS[value] }))}
        chosen={filter.presence}
        onChange={(presence) => changeFilter({ presence })}
      />
      <FilterMenu
        label="People"
        options={matrix.people.map(({ personId, name }) => ({ value: personId, label: name }))}
        chosen={filter.personIds}
        onChange={(personIds) => changeFilter({ personIds })}
      />
      <div className="ml-1">
        <Checkbox
          label="Show excluded"
          isChecked={filter.showExcluded}
          onCheckedChange={(showExcluded) => changeFilter({ showExcluded })}
        />
      </div>
      {isNarrowed(filter) ? (
        <Button variant="ghost" onClick={() => applyView(null)}>
          Reset
        </Button>
      ) : null}
    </Toolbar>
  );
}

/** Whether a filter leaves anything out. */
export function isNarrowed(filter: MatrixFilter): boolean {
  const { search, platforms, categoryIds, findings, personIds, presence, showExcluded } = filter;
  const lists = [platforms, categoryIds, findings, personIds, presence];
  return search !== "" || !showExcluded || lists.some((list) => list.length > 0);
}

function countBy<Value>(values: readonly Value[]): Map<Value, number> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record) as Key[];
}
