import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Eye,
  Hourglass,
  Search,
  UserCheck,
} from "lucide-react";
import type { ReactNode } from "react";
import type { OperationState } from "#shared/domain/operation.ts";
import { Badge, type Tone } from "#renderer/ui/badge.tsx";
import { OPERATION_STATE_WORDS } from "./operation-words.ts";

const LOOKS: Readonly<Record<OperationState, { tone: Tone; icon: ReactNode }>> = {
  planning: { tone: "accent", icon: <Search /> },
  planned: { tone: "info", icon: <Eye /> },
  "awaiting-approval": { tone: "warn", icon: <UserCheck /> },
  running: { tone: "accent", icon: <CircleDashed /> },
  waiting: { tone: "warn", icon: <Hourglass /> },
  paused: { tone: "danger", icon: <CirclePause /> },
  done: { tone: "ok", icon: <CircleCheck /> },
  partial: { tone: "warn", icon: <CircleAlert /> },
  cancelled: { tone: "neutral", icon: <Ban /> },
  failed: { tone: "danger", icon: <CircleX /> },
};

/** Where an operation stands. */
export function OperationStateBadge({ state }: { state: OperationState }) {
  const { tone, icon } = LOOKS[state];
  return (
    <Badge tone={tone} icon={icon}>
      {OPERATION_STATE_WORDS[state]}
    </Badge>
  );
}
