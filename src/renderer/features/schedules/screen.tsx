import { useQuery } from "@tanstack/react-query";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { AuditStrip } from "#renderer/features/audit/screen.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { RecurrenceSection } from "./recurrence-section.tsx";
import { ScheduleSection } from "./schedule-section.tsx";
import { TellingSection } from "./telling-section.tsx";

export { NoticedCard } from "./noticed-card.tsx";

/** When audits run by themselves, how that went, and who is told of what they find. */
export function SchedulesScreen() {
  const schedules = useQuery(orpc.insights.listSchedules.queryOptions());
  const telling = useQuery(orpc.insights.getTelling.queryOptions());
  const error = schedules.error ?? telling.error;
  return (
    <Page
      title="Schedules"
      subtitle="Muster must be running; what it slept through is made up for once."
      toolbar={<AuditStrip />}
    >
      {error && !(schedules.data && telling.data) ? (
        <ErrorState
          error={toFailure(error)}
          onRetry={() => void Promise.all([schedules.refetch(), telling.refetch()])}
        />
      ) : !schedules.data || !telling.data ? (
        <SkeletonRows label="Loading the schedules" rows={10} />
      ) : (
        <div className="mx-auto flex max-w-208 flex-col gap-4">
          {schedules.data.map((schedule) => (
            <ScheduleSection key={schedule.id} schedule={schedule} />
          ))}
          <RecurrenceSection />
          <TellingSection view={telling.data} />
        </div>
      )}
    </Page>
  );
}
