import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Badge } from "#renderer/ui/badge.tsx";
import { Disclosure } from "#renderer/ui/disclosure.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import type { Job } from "#shared/domain/job.ts";
import { DiscardJobDialog } from "./discard-job-dialog.tsx";
import { JobLine } from "./job-line.tsx";
import { groupJobs } from "./job-words.ts";

/** More than this of what has ended says nothing that the activity log does not. */
const ENDED_SHOWN = 20;

/** Background work: what needs the operator, what is under way, what ended lately. */
export function JobsSection() {
  const jobs = useQuery(orpc.jobs.list.queryOptions());
  const [discarding, setDiscarding] = useState<Job | null>(null);
  const groups = groupJobs(jobs.data ?? []);
  const lines = (some: readonly Job[]) =>
    some.map((job) => <JobLine key={job.id} job={job} onDiscard={() => setDiscarding(job)} />);
  const current = [...groups.needsYou, ...groups.underWay];
  return (
    <Section
      title="Background work"
      isFlush
      aside={
        groups.needsYou.length > 0 ? (
          <Badge tone="danger">{formatNoun(groups.needsYou.length, "needs you", "need you")}</Badge>
        ) : undefined
      }
    >
      {jobs.isPending && <SkeletonRows label="Loading background work" rows={3} />}
      {jobs.error && (
        <div className="p-4">
          <ErrorNotice error={toFailure(jobs.error)} />
        </div>
      )}
      {jobs.data && current.length === 0 && (
        <p className="px-4 py-3 text-sm text-fg-muted">Nothing is under way, and nothing has given up.</p>
      )}
      {current.length > 0 && <ul aria-label="Current background work">{lines(current)}</ul>}
      {groups.ended.length > 0 && (
        <div className="border-t border-line px-4 py-2">
          <Disclosure label={`Ended (${formatNoun(groups.ended.length, "job")})`}>
            <ul aria-label="Ended background work" className="-mx-4">
              {lines(groups.ended.slice(0, ENDED_SHOWN))}
            </ul>
          </Disclosure>
        </div>
      )}
      <DiscardJobDialog job={discarding} onClose={() => setDiscarding(null)} />
    </Section>
  );
}
