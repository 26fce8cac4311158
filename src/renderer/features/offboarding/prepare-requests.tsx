import { MessageSquarePlus } from "lucide-react";
import { useState } from "react";
import type { OffboardingId, OffboardingTask } from "#shared/domain/offboarding.ts";
import { Button } from "#renderer/ui/button.tsx";
import { formatCount } from "#renderer/ui/format.ts";
import { WriteDialog, type Writing } from "./write-dialog.tsx";

/** Has messages written for what somebody else has to do: taking the person out, or handing over what they own. */
export function PrepareRequests({
  offboardingId,
  tasks,
}: {
  offboardingId: OffboardingId;
  tasks: readonly OffboardingTask[];
}) {
  const [writing, setWriting] = useState<Writing | null>(null);
  const waiting = tasks.filter(({ state }) => state === "ask");
  // What we may do ourselves comes first.
  const isNext = !tasks.some(({ state }) => state === "remove");
  const owned = waiting.filter(({ isOwner }) => isOwner).length;
  const others = waiting.length - owned;
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Button
        icon={<MessageSquarePlus />}
        variant={isNext && others > 0 ? "primary" : "secondary"}
        disabled={others === 0}
        onClick={() => setWriting({ purpose: "removal", offboardingId })}
      >
        Ask to remove ({formatCount(others)})…
      </Button>
      {owned === 0 ? null : (
        <Button
          variant={isNext && others === 0 ? "primary" : "secondary"}
          onClick={() => setWriting({ purpose: "ownership", offboardingId })}
        >
          Ask to hand over ({formatCount(owned)})…
        </Button>
      )}
      <WriteDialog writing={writing} onClose={() => setWriting(null)} />
    </span>
  );
}
