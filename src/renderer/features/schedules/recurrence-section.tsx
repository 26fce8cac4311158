import { useMutation, useQuery } from "@tanstack/react-query";
import { Pencil, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Recurrence, RecurrenceTurn } from "#shared/domain/recurrence.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { OPERATION_STATE_WORDS, RepeatDialog } from "#renderer/features/operations/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { describeCron } from "#renderer/ui/cron-rule.ts";
import { formatDateTime, formatRelative } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { Switch } from "#renderer/ui/switch.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { showFailed } from "./use-schedule-actions.ts";

/** Operations that are planned again and again, each with its last turns; nothing when there are none. */
export function RecurrenceSection() {
  const { data: recurrences = [] } = useQuery(orpc.membership.listRecurrences.queryOptions());
  if (recurrences.length === 0) return null;
  return (
    <Section title="Recurring operations" isFlush>
      <ul className="divide-y divide-line">
        {recurrences.map((recurrence) => (
          <RecurrenceLine key={recurrence.id} recurrence={recurrence} />
        ))}
      </ul>
    </Section>
  );
}

function RecurrenceLine({ recurrence }: { recurrence: Recurrence }) {
  const [isEditing, setIsEditing] = useState(false);
  const nowMs = useNow(60_000);
  const save = useMutation(orpc.membership.saveRecurrence.mutationOptions({ onError: showFailed }));
  const run = useMutation(orpc.membership.runRecurrence.mutationOptions({ onError: showFailed }));
  const remove = useMutation(orpc.membership.removeRecurrence.mutationOptions({ onError: showFailed }));
  const { id, name, cron, timeZone, enabled, isConfirmed, request, nextAtMs, turns } = recurrence;
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-64 flex-1">
        <Switch
          label={name}
          hint={[
            `${describeCron(cron, timeZone)}.`,
            nextAtMs === null
              ? ""
              : `Next ${formatRelative(nextAtMs, nowMs)}, ${formatDateTime(nextAtMs)} here.`,
            isConfirmed ? "Runs by itself." : "Its plan waits for you.",
          ].join(" ")}
          isOn={enabled}
          onToggle={(isOn) => save.mutate({ id, name, request, isConfirmed, cron, timeZone, enabled: isOn })}
        />
        <ul aria-label={`Last turns of ${name}`} className="mt-2 space-y-0.5 text-xs text-fg-muted">
          {turns.slice(0, 3).map((turn) => (
            <li key={turn.atMs}>
              {turn.operationId !== null && turn.operationState !== null ? (
                <TextLink to={paths.operation(turn.operationId)}>{formatRelative(turn.atMs, nowMs)}</TextLink>
              ) : (
                formatRelative(turn.atMs, nowMs)
              )}
              {`: ${describeTurn(turn)}`}
            </li>
          ))}
        </ul>
      </div>
      <div className="flex gap-1.5">
        <Button icon={<Pencil />} aria-label={`Change: ${name}`} onClick={() => setIsEditing(true)}>
          Change
        </Button>
        <Button
          icon={<Play />}
          aria-label={`Run now: ${name}`}
          isBusy={run.isPending}
          onClick={() => run.mutate({ id })}
        >
          Run now
        </Button>
        <Button
          icon={<Trash2 />}
          aria-label={`Remove: ${name}`}
          isBusy={remove.isPending}
          onClick={() => remove.mutate({ id })}
        >
          Remove
        </Button>
      </div>
      {isEditing ? <RepeatDialog id={id} draft={recurrence} onClose={() => setIsEditing(false)} /> : null}
    </li>
  );
}

function describeTurn({ outcome, operationState, isLate, missed, failure }: RecurrenceTurn): string {
  const state =
    outcome === "skipped"
      ? "skipped, the one before is at work"
      : outcome === "failed"
        ? "could not be planned"
        : operationState === null
          ? "no plan is there"
          : OPERATION_STATE_WORDS[operationState].toLowerCase();
  const parts = [state, isLate ? "late" : "", missed > 0 ? `${missed} missed before` : ""];
  return `${parts.filter((part) => part !== "").join(", ")}.${failure ? ` ${failure.message}` : ""}`;
}
