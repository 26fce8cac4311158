import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, RefreshCw } from "lucide-react";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { formatTime } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import type { DoctorCheck } from "#shared/contract/app.ts";

const names: Record<DoctorCheck["id"], string> = {
  runtime: "Runtime",
  keychain: "Keychain",
  database: "Database",
  network: "Network",
  clock: "Clock",
};

/** Everything Muster stands on: each ok, or what to do. */
export function DoctorSection() {
  const doctor = useQuery(orpc.app.doctor.queryOptions());
  return (
    <Section
      title="Health"
      isFlush
      aside={
        <span className="flex items-center gap-3">
          {doctor.data && !doctor.isFetching && <span>Checked at {formatTime(doctor.dataUpdatedAt)}</span>}
          <Button
            variant="ghost"
            icon={<RefreshCw className={doctor.isFetching ? "animate-spin" : ""} />}
            isBusy={doctor.isFetching}
            onClick={() => void doctor.refetch()}
          >
            {doctor.isFetching ? "Checking…" : "Run again"}
          </Button>
        </span>
      }
    >
      {doctor.error && (
        <div className="p-4">
          <ErrorNotice error={toFailure(doctor.error)} />
        </div>
      )}
      {doctor.isPending && (
        <div role="status" aria-label="Checking" className="space-y-3.5 p-4">
          {Object.keys(names).map((id) => (
            <Skeleton key={id} className="h-4 w-2/3" />
          ))}
        </div>
      )}
      {doctor.data && (
        <ul aria-label="Health checks">
          {doctor.data.map((check) => (
            <DoctorLine key={check.id} check={check} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function DoctorLine({ check }: { check: DoctorCheck }) {
  return (
    <li className="flex gap-2.5 border-t border-line px-4 py-2.5 first:border-t-0">
      {check.ok ? (
        <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ok-fg" />
      ) : (
        <CircleX aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger-fg" />
      )}
      <div className="grid min-w-0 flex-1 gap-x-4 sm:grid-cols-[6rem_1fr]">
        <span className="text-sm font-medium">
          {names[check.id]}
          <span className="sr-only">{check.ok ? ": ok" : ": needs attention"}</span>
        </span>
        <div className="min-w-0 text-sm break-words">
          <span className={check.ok ? "text-fg-muted" : "text-fg"}>{check.finding}</span>
          {check.todo && <p className="text-fg-muted">{check.todo}</p>}
        </div>
      </div>
    </li>
  );
}
