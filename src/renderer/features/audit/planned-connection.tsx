import { CircleCheck } from "lucide-react";
import type { AuditPlan } from "#shared/domain/coverage.ts";
import type { Platform } from "#shared/domain/ids.ts";
import { STRATEGY_WORDS } from "#renderer/api/words.ts";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { formatDuration, formatNoun } from "#renderer/ui/format.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { PlatformMark } from "./platform-mark.tsx";

interface PlannedConnectionProps {
  /** Null until the connections are known. */
  platform: Platform | null;
  planned: AuditPlan["connections"][number];
  isChosen: boolean;
  onToggle: (isChosen: boolean) => void;
}

/** One connection in the plan: what both ways of asking would cost, and which is taken. */
export function PlannedConnection({ platform, planned, isChosen, onToggle }: PlannedConnectionProps) {
  const isPossible = planned.problem === null;
  return (
    <li className="relative rounded-lg border border-line p-3">
      {platform ? (
        <span className="absolute top-3 right-3 text-xs">
          <PlatformMark platform={platform} isNamed />
        </span>
      ) : null}
      <Checkbox
        label={planned.label}
        hint={
          planned.knownGroups === null
            ? `${formatNoun(planned.people, "person", "people")}; groups are counted at the first audit, so this is a guess`
            : `${formatNoun(planned.knownGroups, "known group")} × ${formatNoun(planned.people, "person", "people")}`
        }
        isChecked={isChosen && isPossible}
        isDisabled={!isPossible}
        onCheckedChange={onToggle}
      />
      {planned.problem ? (
        <div className="mt-2">
          <Notice tone="warn" title={planned.problem.message}>
            {planned.problem.todo}
          </Notice>
        </div>
      ) : (
        <ul aria-label="Ways of asking" className="mt-2.5 grid gap-1.5 pl-6.5 sm:grid-cols-2">
          {planned.costs.map((cost) => {
            const isTaken = cost.strategy === planned.chosen;
            return (
              <li
                key={cost.strategy}
                className={cx(
                  "flex items-start gap-2 rounded-md border px-2.5 py-1.5",
                  isTaken ? "border-accent bg-accent-soft" : "border-line text-fg-muted",
                )}
              >
                <div className="min-w-0 flex-1">
                  <p className="text-sm font-medium">{STRATEGY_WORDS[cost.strategy].name}</p>
                  <p className="tabular text-xs">
                    {formatNoun(cost.calls, "call")}, about {formatDuration(cost.durationMs)}
                  </p>
                </div>
                {isTaken ? (
                  <span className="flex items-center gap-1 text-xs font-medium text-accent-fg">
                    <CircleCheck aria-hidden="true" className="size-3.5" />
                    Taken
                  </span>
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}
