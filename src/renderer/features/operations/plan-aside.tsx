import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { MINUTE_MS } from "#shared/lib/time.ts";
import type { OperationCost, OperationDetail } from "#shared/domain/operation.ts";
import { orpc } from "#renderer/api/client.ts";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { budgetsFor } from "./budget-words.ts";
import { BudgetSummary } from "./budget-summary.tsx";
import { costWords, endsAfterMs } from "./plan-costs.ts";
import { whenWords } from "./when-words.ts";

/** What a plan will take: when it ends, which limit decides, and the account-safety budget behind it. */
export function PlanAside({ operation }: { operation: OperationDetail }) {
  const nowMs = useNow(MINUTE_MS);
  const { data: connections = [] } = useQuery(orpc.connections.list.queryOptions());
  const platformOf = new Map(connections.map(({ id, platform }) => [id, platform]));
  const costs = operation.costs.filter(({ steps }) => steps > 0);
  const usesTelegram = costs.some(({ connectionId }) => platformOf.get(connectionId) === "telegram");
  const durationMs = endsAfterMs(costs);
  return (
    <aside
      aria-label="What it takes"
      className="max-h-[45%] shrink-0 space-y-4 overflow-y-auto border-t border-line p-4 lg:max-h-none lg:w-72 lg:border-t-0 lg:border-l"
    >
      <Section title="What it takes">
        {costs.length === 0 ? (
          <p className="text-sm text-fg-muted">Nothing is chosen, so nothing will be done.</p>
        ) : (
          <div className="space-y-3">
            <p>
              <span className="block text-xl font-semibold tracking-tight first-letter:uppercase">
                {costWords(durationMs)}
              </span>
              <span className="text-sm text-fg-muted">
                Run now, it ends about {whenWords(nowMs + durationMs, nowMs)}. You can close the window; it
                goes on where it stopped.
              </span>
            </p>
            <ul className="space-y-3 border-t border-line pt-3">
              {costs.map((cost) => (
                <Cost
                  key={cost.connectionId}
                  cost={cost}
                  mark={platformMarkOf(platformOf.get(cost.connectionId))}
                />
              ))}
            </ul>
          </div>
        )}
      </Section>
      {usesTelegram && budgetsFor(operation.kind).length > 0 ? (
        <BudgetSummary operationId={operation.id} kind={operation.kind} />
      ) : null}
    </aside>
  );
}

function platformMarkOf(platform: "slack" | "telegram" | undefined) {
  return platform ? <PlatformMark platform={platform} /> : null;
}

function Cost({ cost, mark }: { cost: OperationCost; mark: ReactNode }) {
  return (
    <li className="text-sm">
      <p className="flex items-center gap-1.5 font-medium">
        {mark}
        <span className="min-w-0 flex-1 truncate">{cost.label}</span>
        <span className="tabular whitespace-nowrap">{costWords(cost.durationMs)}</span>
      </p>
      <p className="tabular text-xs text-fg-muted">
        {formatNoun(cost.steps, "step")}, {formatNoun(cost.calls, "call")}
      </p>
      <p className="text-xs text-pretty text-fg-muted">{cost.because}</p>
    </li>
  );
}
