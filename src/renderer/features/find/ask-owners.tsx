import { MessageSquarePlus } from "lucide-react";
import { useState } from "react";
import type { FoundGroup } from "#shared/domain/offboarding.ts";
import { paths } from "#renderer/api/paths.ts";
import { WriteDialog } from "#renderer/features/offboarding/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { formatCount } from "#renderer/ui/format.ts";
import { navigate } from "#renderer/ui/router.ts";

/** So many groups can be asked about at once. */
const MOST = 1_000;

/**
 * Has messages written to the owners of Telegram groups in which we may not change the name, and shows them with the
 * other requests; nothing is sent. Draws nothing where there is none among the groups.
 */
export function AskOwners({ groups }: { groups: readonly FoundGroup[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const groupKeys = groups
    .filter(({ ownRight, may }) => ownRight !== "none" && may.rename !== true)
    .map(({ groupKey }) => groupKey);
  if (groupKeys.length === 0) return null;
  return (
    <>
      <Button icon={<MessageSquarePlus />} disabled={groupKeys.length > MOST} onClick={() => setIsOpen(true)}>
        Ask the owners ({formatCount(groupKeys.length)})…
      </Button>
      <WriteDialog
        writing={isOpen ? { purpose: "ownership", offboardingId: null, groupKeys } : null}
        onClose={() => setIsOpen(false)}
        onReady={() => navigate(paths.helpRequests())}
      />
    </>
  );
}
