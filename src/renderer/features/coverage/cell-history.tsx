import { useQuery } from "@tanstack/react-query";
import type { GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { RequirementLevel } from "#shared/domain/rules.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { PRESENCE_WORDS, REASON_WORDS } from "#renderer/api/words.ts";
import { formatShortDateTime } from "#renderer/ui/format.ts";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { CellMark } from "./cell-mark.tsx";

interface CellHistoryProps {
  groupKey: GroupKey;
  personId: PersonId;
  level: RequirementLevel;
}

/** The results of a cell in earlier runs, newest first. */
export function CellHistory({ groupKey, personId, level }: CellHistoryProps) {
  const { data, error } = useQuery(orpc.coverage.cellHistory.queryOptions({ input: { groupKey, personId } }));
  return (
    <div className="border-t border-line px-3 py-2.5">
      <h4 className="mb-1 text-xs font-semibold text-fg-muted">History</h4>
      {error ? (
        <p className="text-sm text-danger-fg">{toFailure(error).message}</p>
      ) : !data ? (
        <div role="status" aria-label="Loading the history" className="space-y-2 py-1">
          <Skeleton className="h-3.5 w-5/6" />
          <Skeleton className="h-3.5 w-4/6" />
        </div>
      ) : data.length === 0 ? (
        <p className="text-sm text-fg-muted">No run has asked this before.</p>
      ) : (
        <ol className="max-h-44 overflow-y-auto" aria-label="Earlier results, newest first">
          {data.map((entry) => (
            <li key={entry.runId} className="flex min-h-6 items-center gap-2 text-sm">
              <CellMark cell={{ presence: entry.presence, level, exclusionId: null }} />
              <span className="truncate">
                {PRESENCE_WORDS[entry.presence]}
                {entry.reason ? (
                  <span className="text-fg-muted"> · {REASON_WORDS[entry.reason].short}</span>
                ) : null}
              </span>
              <span className="ml-auto shrink-0 text-xs">
                <TextLink to={paths.run(entry.runId)}>{formatShortDateTime(entry.atMs)}</TextLink>
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
