import { useQuery } from "@tanstack/react-query";
import type { Operation } from "#shared/domain/operation.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import { hrefOf } from "#renderer/ui/router.ts";
import { isLive, OPERATION_STATE_WORDS } from "./operation-words.ts";
import { useOperationProgress } from "./use-operation-progress.ts";

/** As in the list, so that it is asked once. */
const NEWEST = { cursor: null, limit: 20 };

/** The operation at work, small, for places far from it. Nothing when none is. */
export function OperationIndicator() {
  const { data } = useQuery(orpc.membership.list.queryOptions({ input: NEWEST }));
  const active = data?.items.filter(({ state }) => isLive(state)) ?? [];
  // What stands still matters more than what goes on.
  const first = active.find(({ state }) => state === "paused") ?? active[0];
  const stopped = active.filter(({ state }) => state === "paused").length;
  return first ? (
    <Indicator key={first.id} operation={first} others={active.length - 1} stopped={stopped} />
  ) : null;
}

function Indicator({
  operation,
  others,
  stopped,
}: {
  operation: Operation;
  others: number;
  stopped: number;
}) {
  const live = useOperationProgress(operation.id, true);
  const state = live?.state ?? operation.state;
  const needing = stopped > 1 ? `${stopped} need you` : "one needs you";
  const several = `${others + 1} operations${state === "paused" ? `, ${needing}` : " under way"}`;
  const label = others > 0 ? several : `Operation: ${OPERATION_STATE_WORDS[state].toLowerCase()}`;
  return (
    <a
      href={hrefOf(others > 0 ? paths.operations() : paths.operation(operation.id))}
      title={operation.title}
      className="flex flex-col gap-1.5 rounded-md border border-line bg-surface px-2 py-2 text-xs text-fg no-underline hover:border-line-strong"
    >
      <span className="sr-only justify-between lg:not-sr-only lg:flex!">
        <span className="font-medium">{label}</span>
        <span className="tabular text-fg-muted">
          {live && live.total !== null && others === 0 ? `${live.done}/${live.total}` : null}
        </span>
      </span>
      <ProgressBar
        label={label}
        done={live?.done ?? 0}
        total={live?.total ?? null}
        isWaiting={state === "waiting" || state === "paused" || Boolean(live?.waiting)}
      />
    </a>
  );
}
