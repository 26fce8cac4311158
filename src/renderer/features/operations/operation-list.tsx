import { useInfiniteQuery } from "@tanstack/react-query";
import { ListTodo, Radar, SearchX } from "lucide-react";
import { useMemo, useState } from "react";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { type Operation, OperationKind, OperationState } from "#shared/domain/operation.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { DataTable } from "#renderer/ui/data-table.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { FilterMenu } from "#renderer/ui/filter-menu.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { LinkButton } from "#renderer/ui/link-button.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { navigate } from "#renderer/ui/router.ts";
import { SearchInput } from "#renderer/ui/search-input.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { Toolbar } from "#renderer/ui/toolbar.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { NewOperationButton } from "./new-operation-button.tsx";
import { operationColumns } from "./operation-columns.tsx";
import { fitsFilter, NO_FILTER, type OperationFilter } from "./operation-filter.ts";
import { KIND_WORDS, OPERATION_STATE_WORDS } from "./operation-words.ts";

const OPERATIONS_A_PAGE = 200;

/** Every operation, newest first. */
export function OperationList() {
  const [filter, setFilter] = useState<OperationFilter>(NO_FILTER);
  const nowMs = useNow(MINUTE_MS);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    orpc.membership.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: OPERATIONS_A_PAGE }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  const operations = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const shown = useMemo(
    () => operations.filter((operation) => fitsFilter(operation, filter)),
    [operations, filter],
  );
  const columns = useMemo(() => operationColumns(nowMs), [nowMs]);
  const total = data?.pages[0]?.total ?? null;
  const isEmpty = data !== undefined && operations.length === 0;
  return (
    <Page
      title="Operations"
      subtitle={total ? formatNoun(total, "operation") : null}
      layout="fill"
      actions={
        <>
          <LinkButton to={paths.find()} icon={<Radar aria-hidden="true" />}>
            Find a person
          </LinkButton>
          {isEmpty ? null : <NewOperationButton />}
        </>
      }
      toolbar={
        operations.length > 0 ? (
          <Toolbar label="Filter">
            <SearchInput
              label="Search operations"
              value={filter.search}
              onChange={(search) => setFilter({ ...filter, search })}
            />
            <FilterMenu<Operation["kind"]>
              label="Kind"
              options={OperationKind.options.map((value) => ({ value, label: KIND_WORDS[value] }))}
              chosen={filter.kinds}
              onChange={(kinds) => setFilter({ ...filter, kinds })}
            />
            <FilterMenu<Operation["state"]>
              label="State"
              options={OperationState.options.map((value) => ({
                value,
                label: OPERATION_STATE_WORDS[value],
              }))}
              chosen={filter.states}
              onChange={(states) => setFilter({ ...filter, states })}
            />
          </Toolbar>
        ) : null
      }
    >
      {error && !data ? (
        <ErrorState error={toFailure(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows label="Loading the operations" rows={12} />
      ) : isEmpty ? (
        <EmptyState icon={<ListTodo />} title="No operation yet" action={<NewOperationButton />}>
          An operation changes many groups at once: it adds or removes people, renames, or creates groups. You
          see every single change before it is made, and most can be undone.
        </EmptyState>
      ) : shown.length === 0 ? (
        <EmptyState
          icon={<SearchX />}
          title="No operation fits the filter"
          action={<Button onClick={() => setFilter(NO_FILTER)}>Show all operations</Button>}
        >
          {formatNoun(operations.length, "operation is", "operations are")} hidden.
        </EmptyState>
      ) : (
        <DataTable<Operation>
          label="Operations"
          columns={columns}
          rows={shown}
          rowKey={({ id }) => id}
          initialSort={{ id: "created", desc: true }}
          onOpen={({ id }) => navigate(paths.operation(id))}
          footer={
            hasNextPage ? (
              <div className="p-3 text-center">
                <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                  Show older operations
                </Button>
              </div>
            ) : null
          }
        />
      )}
    </Page>
  );
}
