import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleHelp,
  CircleMinus,
  CircleX,
} from "lucide-react";
import type { ReactNode } from "react";
import type { StepState } from "#shared/domain/operation.ts";
import { cx } from "#renderer/ui/class-names.ts";
import { STEP_WORDS } from "./operation-words.ts";

const LOOKS: Readonly<Record<StepState, { tone: string; icon: ReactNode }>> = {
  planned: { tone: "text-accent-fg", icon: <CircleDot /> },
  acting: { tone: "text-accent-fg", icon: <CircleDashed /> },
  done: { tone: "text-ok-fg", icon: <CircleCheck /> },
  "already-so": { tone: "text-fg-muted", icon: <CircleMinus /> },
  refused: { tone: "text-warn-fg", icon: <Ban /> },
  failed: { tone: "text-danger-fg", icon: <CircleX /> },
  unclear: { tone: "text-warn-fg", icon: <CircleHelp /> },
  skipped: { tone: "text-fg-muted", icon: <CircleAlert /> },
};

/** What becomes, or became, of a step: told apart by its sign as well as by its colour. */
export function StepStateMark({ state, isPlan }: { state: StepState; isPlan: boolean }) {
  const { tone, icon } = LOOKS[state];
  return (
    <span className={cx("flex items-center gap-1.5 whitespace-nowrap [&_svg]:size-3.5", tone)}>
      <span aria-hidden="true">{icon}</span>
      {STEP_WORDS[state][isPlan ? "plan" : "run"]}
    </span>
  );
}
