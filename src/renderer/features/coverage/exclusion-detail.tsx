import type { ExclusionId } from "#shared/domain/ids.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { formatDate } from "#renderer/ui/format.ts";
import { useExclusions } from "./use-exclusions.ts";

/** Why a gap is accepted, by whom and until when; and taking that back. */
export function ExclusionDetail({ exclusionId }: { exclusionId: ExclusionId }) {
  const { exclusions, remove } = useExclusions();
  const exclusion = exclusions.find(({ id }) => id === exclusionId);
  if (!exclusion) return null;
  return (
    <div className="space-y-2 border-t border-line px-3 py-2.5">
      <Facts
        entries={[
          ["Excluded", exclusion.reason],
          ["Owner", exclusion.owner],
          ["Since", formatDate(exclusion.createdAtMs)],
          ["Until", exclusion.expiresAtMs === null ? "For good" : formatDate(exclusion.expiresAtMs)],
        ]}
      />
      <Button isBusy={remove.isPending} onClick={() => remove.mutate(exclusion)}>
        Remove the exclusion
      </Button>
    </div>
  );
}
