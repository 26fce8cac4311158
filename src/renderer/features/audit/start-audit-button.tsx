import { Play } from "lucide-react";
import { Button } from "#renderer/ui/button.tsx";
import { Tooltip } from "#renderer/ui/tooltip.tsx";
import { openStartAudit } from "./start-audit-state.ts";
import { useActiveRun } from "./use-active-run.ts";

/** Opens the start dialog. Quieter while an audit is under way. */
export function StartAuditButton() {
  const isBusy = useActiveRun() !== null;
  return (
    <Tooltip text="Start an audit" keys="mod+Enter">
      <Button variant={isBusy ? "secondary" : "primary"} icon={<Play />} onClick={openStartAudit}>
        Start audit
      </Button>
    </Tooltip>
  );
}
