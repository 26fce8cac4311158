import { AuditStrip, StartAuditButton } from "#renderer/features/audit/screen.tsx";
import { Page } from "#renderer/ui/page.tsx";

export function RunsScreen() {
  return (
    <Page title="Runs" actions={<StartAuditButton />} toolbar={<AuditStrip />}>
      soon
    </Page>
  );
}
