import { Ban, CircleAlert, CircleCheck, CircleDashed, CirclePause, CircleX, Hourglass } from "lucide-react";
import type { ReactNode } from "react";
import type { RunState } from "#shared/domain/coverage.ts";
import { RUN_STATE_WORDS } from "#renderer/api/words.ts";
import { Badge, type Tone } from "#renderer/ui/badge.tsx";

const LOOKS: Readonly<Record<RunState, { tone: Tone; icon: ReactNode }>> = {
  running: { tone: "accent", icon: <CircleDashed /> },
  waiting: { tone: "warn", icon: <Hourglass /> },
  paused: { tone: "danger", icon: <CirclePause /> },
  completed: { tone: "ok", icon: <CircleCheck /> },
  partial: { tone: "warn", icon: <CircleAlert /> },
  cancelled: { tone: "neutral", icon: <Ban /> },
  failed: { tone: "danger", icon: <CircleX /> },
};

/** How a run ended, or how it is doing. */
export function RunStateBadge({ state }: { state: RunState }) {
  const { tone, icon } = LOOKS[state];
  return (
    <Badge tone={tone} icon={icon}>
      {RUN_STATE_WORDS[state]}
    </Badge>
  );
}
