import { CalendarClock, Pencil, Play } from "lucide-react";
import { useState } from "react";
import type { AuditSchedule } from "#shared/domain/schedule.ts";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { describeCron } from "#renderer/ui/cron-rule.ts";
import { formatDateTime, formatRelative } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { Switch } from "#renderer/ui/switch.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { RuleDialog } from "./rule-dialog.tsx";
import { SCHEDULE_WORDS } from "./schedule-words.ts";
import { TurnList } from "./turn-list.tsx";
import { useScheduleActions } from "./use-schedule-actions.ts";

/** One schedule: when it runs, whether it does, and what became of its last turns. */
export function ScheduleSection({ schedule }: { schedule: AuditSchedule }) {
  const [isEditing, setIsEditing] = useState(false);
  const nowMs = useNow(60_000);
  const { set, run } = useScheduleActions();
  const { id, cron, timeZone, enabled, nextAtMs } = schedule;
  const words = SCHEDULE_WORDS[schedule.platform];
  return (
    <Section
      title={words.title}
      isFlush
      aside={
        <Badge tone={enabled ? "ok" : "neutral"} icon={<CalendarClock />}>
          {enabled ? "On" : "Off"}
        </Badge>
      }
    >
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3 px-4 py-3">
        <div className="min-w-64 flex-1">
          <Switch
            label={describeCron(cron, timeZone)}
            hint={
              nextAtMs === null
                ? words.hint
                : `Next ${formatRelative(nextAtMs, nowMs)}, ${formatDateTime(nextAtMs)} here. ${words.hint}`
            }
            isOn={enabled}
            onToggle={(isOn) => set.mutate({ id, cron, timeZone, enabled: isOn })}
          />
        </div>
        <div className="flex gap-1.5">
          <Button icon={<Pencil />} aria-label={`Change: ${words.title}`} onClick={() => setIsEditing(true)}>
            Change
          </Button>
          <Button
            icon={<Play />}
            isBusy={run.isPending}
            aria-label={`Run now: ${words.title}`}
            onClick={() => run.mutate({ id })}
          >
            Run now
          </Button>
        </div>
      </div>
      <TurnList title={words.title} turns={schedule.turns} nowMs={nowMs} />
      {isEditing && <RuleDialog schedule={schedule} onClose={() => setIsEditing(false)} />}
    </Section>
  );
}
