import { Badge } from "#renderer/ui/badge.tsx";
import type { ActivityOutcome } from "#shared/domain/activity.ts";
import { outcomeWords } from "./activity-words.ts";

/** How an action ended; what went well stays quiet. */
export function OutcomeMark({ outcome }: { outcome: ActivityOutcome }) {
  const { label, tone } = outcomeWords[outcome];
  if (outcome === "done") return <span className="text-fg-muted">{label}</span>;
  return <Badge tone={tone}>{label}</Badge>;
}
