import { useMutation, useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import type { StrategyChoice } from "#shared/domain/coverage.ts";
import { type ConnectionId, Platform } from "#shared/domain/ids.ts";
import { client, orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { PLATFORM_WORDS, STRATEGY_WORDS } from "#renderer/api/words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { formatDuration, formatNoun } from "#renderer/ui/format.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { PlannedConnection } from "./planned-connection.tsx";
import { closeStartAudit, useStartAuditState } from "./start-audit-state.ts";
import { useActiveRun } from "./use-active-run.ts";

const CHOICES: readonly { value: StrategyChoice; label: string }[] = [
  { value: "auto", label: "Fewest calls" },
  { value: "inverse", label: STRATEGY_WORDS.inverse.name },
  { value: "roster", label: STRATEGY_WORDS.roster.name },
];

const ALL_PLATFORMS = "all";
type PlatformChoice = Platform | typeof ALL_PLATFORMS;

const PLATFORM_CHOICES: readonly { value: PlatformChoice; label: string }[] = [
  { value: ALL_PLATFORMS, label: "All platforms" },
  ...Platform.options.map((value) => ({ value, label: `${PLATFORM_WORDS[value]} only` })),
];

/** The dialog in which an audit is chosen, foreseen and started. Mounted once; opened by `openStartAudit`. */
export function StartAudit() {
  const isOpen = useStartAuditState((state) => state.isOpen);
  return isOpen ? <StartAuditDialog /> : null;
}

function StartAuditDialog() {
  const [strategy, setStrategy] = useState<StrategyChoice>("auto");
  const [left, setLeft] = useState<ReadonlySet<ConnectionId>>(new Set());
  const [readsAllFacts, setReadsAllFacts] = useState(false);
  const active = useActiveRun();
  const { data: known = [] } = useQuery(orpc.connections.list.queryOptions());
  const platformOf = new Map(known.map(({ id, platform }) => [id, platform]));
  const whole = useQuery({
    ...orpc.coverage.plan.queryOptions({ input: { connectionIds: [], strategy } }),
    staleTime: 0,
  });
  const connections = whole.data?.connections ?? [];
  const chosen = connections.filter(
    ({ connectionId, problem }) => problem === null && !left.has(connectionId),
  );
  const costs = chosen.map(({ costs: both, chosen: taken }) => both.find((cost) => cost.strategy === taken));
  const facts = chosen.map(({ allFacts }) => (readsAllFacts ? allFacts : null));
  const calls = [...costs, ...facts].reduce((sum, cost) => sum + (cost?.calls ?? 0), 0);
  // Connections are asked side by side, so the slowest one decides.
  const durationMs = Math.max(
    0,
    ...costs.map((cost, at) => (cost?.durationMs ?? 0) + (facts[at]?.durationMs ?? 0)),
  );
  const allFacts = chosen.flatMap((planned) => planned.allFacts ?? []);
  const factCalls = allFacts.reduce((sum, cost) => sum + cost.calls, 0);
  const offersFacts = connections.some((planned) => planned.allFacts !== null);
  const platforms = new Set(connections.flatMap(({ connectionId }) => platformOf.get(connectionId) ?? []));
  const chosenPlatforms = new Set(chosen.flatMap(({ connectionId }) => platformOf.get(connectionId) ?? []));
  const [onlyPlatform = ALL_PLATFORMS] = chosenPlatforms.size === 1 ? chosenPlatforms : [];
  const choosePlatform = (wanted: PlatformChoice): void =>
    setLeft(
      new Set(
        connections
          .map(({ connectionId }) => connectionId)
          .filter((id) => wanted !== ALL_PLATFORMS && platformOf.get(id) !== wanted),
      ),
    );
  const start = useMutation({
    mutationFn: () =>
      client.coverage.start({
        connectionIds: chosen.map(({ connectionId }) => connectionId),
        strategy,
        facts: readsAllFacts && factCalls > 0 ? "all" : "needed",
      }),
    onSuccess: closeStartAudit,
  });
  const isGuess = chosen.some(({ knownGroups }) => knownGroups === null);

  return (
    <Dialog
      isOpen
      onOpenChange={(open) => {
        if (!open) closeStartAudit();
      }}
      title="Start an audit"
      description="Asks the platforms who is in which customer group. It only reads."
      footer={
        <>
          <p className="mr-auto text-sm text-fg-muted" aria-live="polite">
            {chosen.length > 0
              ? `${isGuess ? "At least " : ""}${formatNoun(calls, "call")}, about ${formatDuration(durationMs)}`
              : null}
          </p>
          <Button onClick={closeStartAudit}>Cancel</Button>
          <Button
            variant="primary"
            icon={<Play />}
            isBusy={start.isPending}
            data-initial-focus
            disabled={chosen.length === 0}
            onClick={() => start.mutate()}
          >
            Start audit
          </Button>
        </>
      }
    >
      {whole.error ? (
        <ErrorState error={toFailure(whole.error)} onRetry={() => void whole.refetch()} />
      ) : whole.isPending ? (
        <SkeletonRows label="Foreseeing the audit" rows={4} />
      ) : (
        <div className="space-y-4">
          {start.error ? (
            <Notice tone="danger" title={toFailure(start.error).message}>
              {toFailure(start.error).todo}
            </Notice>
          ) : null}
          {active ? (
            <Notice tone="info" title="An audit is already under way.">
              They share the platforms' limits, so both take longer.
            </Notice>
          ) : null}
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <RadioGroup label="How to ask" value={strategy} onValueChange={setStrategy} options={CHOICES} />
            <p className="text-sm text-fg-muted">
              {strategy === "auto"
                ? "Takes the cheaper way for each connection."
                : `${STRATEGY_WORDS[strategy].explanation}.`}
            </p>
          </div>
          {platforms.size > 1 ? (
            <RadioGroup
              label="Platforms"
              value={onlyPlatform}
              onValueChange={choosePlatform}
              options={PLATFORM_CHOICES}
            />
          ) : null}
          <ul className="space-y-2">
            {connections.map((planned) => (
              <PlannedConnection
                key={planned.connectionId}
                platform={platformOf.get(planned.connectionId) ?? null}
                planned={planned}
                isChosen={!left.has(planned.connectionId)}
                onToggle={(isChosen) => setLeft(toggled(left, planned.connectionId, !isChosen))}
              />
            ))}
          </ul>
          {offersFacts ? (
            <Checkbox
              label="Read every Telegram group's settings"
              hint={`Whether new members see the history${factCalls > 0 ? `, for ${formatNoun(factCalls, "more call")}` : ""}. Otherwise only where a rule or a proof needs it.`}
              isChecked={readsAllFacts && factCalls > 0}
              isDisabled={factCalls === 0}
              onCheckedChange={setReadsAllFacts}
            />
          ) : null}
        </div>
      )}
    </Dialog>
  );
}

function toggled(set: ReadonlySet<ConnectionId>, id: ConnectionId, isIn: boolean): ReadonlySet<ConnectionId> {
  const next = new Set(set);
  if (isIn) next.add(id);
  else next.delete(id);
  return next;
}
