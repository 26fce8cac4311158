import { Hourglass, LoaderCircle } from "lucide-react";
import { nameConnection } from "#shared/domain/connection-name.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import { cx } from "#renderer/ui/class-names.ts";
import { formatCount, formatDuration, formatNoun } from "#renderer/ui/format.ts";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import type { Look } from "./find-state.ts";

/** How far a look is, and what it waits for. */
export function LookStrip({ look }: { look: Look }) {
  const { done, total, waits } = look;
  const nowMs = useNow(SECOND_MS);
  const isWaiting = waits.length > 0;
  return (
    <section
      aria-label="Progress of the look"
      className={cx(
        "flex shrink-0 items-start gap-4 border-b border-line px-5 py-2",
        isWaiting ? "bg-warn-soft" : "bg-sunken",
      )}
    >
      <span aria-hidden="true" className="mt-0.5 [&_svg]:size-4">
        {isWaiting ? (
          <Hourglass className="text-warn-fg" />
        ) : (
          <LoaderCircle className="animate-spin text-accent-fg" />
        )}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1.5 text-sm">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span role="status" className="font-medium">
            Asking the platforms
          </span>
          <span className="tabular text-fg-muted">
            {total === null
              ? formatNoun(done, "question")
              : `${formatCount(done)} of ${formatNoun(total, "question")}`}
          </span>
        </div>
        <ProgressBar label="Questions asked" done={done} total={total} isWaiting={isWaiting} />
        {waits.map(({ wait, ...connection }) => (
          <p key={connection.connectionId}>
            <span className="font-medium">{nameConnection(connection)}</span> waits: {wait.why}{" "}
            <span className="tabular text-warn-fg">{leftWords(wait.untilMs - nowMs)}</span>
          </p>
        ))}
      </div>
    </section>
  );
}

function leftWords(leftMs: number): string {
  return leftMs < SECOND_MS ? "It goes on now." : `It goes on in ${formatDuration(leftMs)}.`;
}
