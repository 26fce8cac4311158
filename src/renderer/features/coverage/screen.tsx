import { AuditStrip, StartAuditButton } from "#renderer/features/audit/screen.tsx";
import { Page } from "#renderer/ui/page.tsx";

export function CoverageScreen() {
  return (
    <Page title="Coverage" actions={<StartAuditButton />} toolbar={<AuditStrip />}>
      soon
    </Page>
  );
}
