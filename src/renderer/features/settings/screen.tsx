import { toFailure } from "#renderer/api/to-failure.ts";
import { ApprovalSection, ChangeBudgetsSection } from "#renderer/features/operations/screen.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { AboutSection } from "./about-section.tsx";
import { AppearanceSection } from "./appearance-section.tsx";
import { BackupsSection } from "./backups-section.tsx";
import { DoctorSection } from "./doctor-section.tsx";
import { JobsSection } from "./jobs-section.tsx";
import { useSettings } from "./use-settings.ts";

/** What the operator may choose, and how Muster itself is doing. */
export function SettingsScreen() {
  const { settings, change } = useSettings();
  return (
    <Page title="Settings" subtitle="Changes apply at once.">
      <div className="mx-auto max-w-176 space-y-page">
        {settings.isPending && (
          <div role="status" aria-label="Loading settings">
            <Skeleton className="h-36 w-full rounded-lg" />
          </div>
        )}
        {settings.error && <ErrorNotice error={toFailure(settings.error)} />}
        {settings.data && (
          <>
            <AppearanceSection settings={settings.data} onChange={change} />
            <BackupsSection
              key={settings.data.backupsKept}
              backupsKept={settings.data.backupsKept}
              onChange={(backupsKept) => change({ backupsKept })}
            />
          </>
        )}
        <ChangeBudgetsSection />
        <ApprovalSection />
        <DoctorSection />
        <JobsSection />
        <AboutSection />
      </div>
    </Page>
  );
}
