import { AuditStrip, StartAuditButton } from "#renderer/features/audit/screen.tsx";
import { Page } from "#renderer/ui/page.tsx";

export function OverviewScreen() {
  return (
    <Page title="Overview" actions={<StartAuditButton />} toolbar={<AuditStrip />}>
      soon
    </Page>
  );
}
