import type { OffboardingDetail } from "#shared/contract/membership.ts";
import { formatDateTime } from "#renderer/ui/format.ts";
import { historyWords, whyWords } from "./offboarding-words.ts";

/** What was done, newest first, as the activity log has it. */
export function HistoryList({ history }: Pick<OffboardingDetail, "history">) {
  return (
    <ol className="min-h-0 flex-1 divide-y divide-line overflow-y-auto" aria-label="History">
      {history.toReversed().map(({ atMs, actor, action, why }, at) => (
        // Lines of an append-only log keep their place.
        <li key={history.length - at} className="flex items-baseline gap-4 px-5 py-1.5 text-sm">
          <time
            dateTime={new Date(atMs).toISOString()}
            className="tabular w-36 shrink-0 whitespace-nowrap text-fg-muted"
          >
            {formatDateTime(atMs)}
          </time>
          <span className="w-48 shrink-0">{historyWords(action)}</span>
          <span className="min-w-0 flex-1 truncate text-fg-muted">{whyWords(action, why)}</span>
          <span className="shrink-0 text-fg-muted">{actor === "job-runner" ? "Muster" : actor}</span>
        </li>
      ))}
    </ol>
  );
}
