import { ScrollText, SearchX } from "lucide-react";
import { useCallback, useState } from "react";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import type { ActivityEntry } from "#shared/domain/activity.ts";
import { ActivityTable } from "./activity-table.tsx";
import { EntryPanel } from "./entry-panel.tsx";
import type { useActivity } from "./use-activity.ts";

interface ActivityListProps {
  readonly activity: ReturnType<typeof useActivity>;
  readonly search: string;
  readonly onClearSearch: () => void;
}

/** The log and, beside it, the line that was opened. */
export function ActivityList({ activity, search, onClearSearch }: ActivityListProps) {
  const [opened, setOpened] = useState<ActivityEntry | null>(null);
  const { fetchNextPage } = activity;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const close = () => {
    const seq = opened?.seq;
    setOpened(null);
    // The keyboard goes on where it was.
    const row = [...document.querySelectorAll<HTMLTableRowElement>("tbody tr")].find(
      (line) => line.cells[0]?.textContent === String(seq),
    );
    row?.querySelector("button")?.focus();
  };
  if (activity.isPending) return <SkeletonRows label="Loading the activity log" rows={14} />;
  if (activity.error)
    return <ErrorState error={toFailure(activity.error)} onRetry={() => void activity.refetch()} />;
  const entries = activity.data.pages.flatMap((page) => page.items);
  if (entries.length === 0)
    return search === "" ? (
      <EmptyState icon={<ScrollText />} title="Nothing has happened yet">
        Every privileged action leaves a line here: who did what, on what, why, and how it ended. Lines are
        never changed afterwards.
      </EmptyState>
    ) : (
      <EmptyState
        icon={<SearchX />}
        title="No line matches"
        action={<Button onClick={onClearSearch}>Clear the search</Button>}
      >
        “{search}” stands in no line’s action, target, reason or name.
      </EmptyState>
    );
  return (
    <div className="relative flex h-full min-h-0">
      <div className="min-w-0 flex-1">
        <ActivityTable
          entries={entries}
          selectedSeq={opened?.seq ?? null}
          onOpen={setOpened}
          hasMore={activity.hasNextPage}
          isLoadingMore={activity.isFetchingNextPage}
          onLoadMore={loadMore}
        />
      </div>
      {opened && <EntryPanel entry={opened} onClose={close} />}
    </div>
  );
}
