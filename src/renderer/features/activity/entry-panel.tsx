import { useEffect, useRef } from "react";
import { Badge } from "#renderer/ui/badge.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { formatDate, formatTime } from "#renderer/ui/format.ts";
import { SidePanel } from "#renderer/ui/side-panel.tsx";
import type { ActivityEntry } from "#shared/domain/activity.ts";
import { describeAction, listDetails, outcomeWords } from "./activity-words.ts";

interface EntryPanelProps {
  readonly entry: ActivityEntry;
  readonly onClose: () => void;
}

/** Everything one line of the log says, with its place in the chain. */
export function EntryPanel({ entry, onClose }: EntryPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [entry.seq]);
  const details = listDetails(entry);
  const mono = (text: string) => <span className="font-mono text-xs break-all">{text}</span>;
  return (
    <SidePanel
      label={`Line ${entry.seq} of the log`}
      onClose={onClose}
      header={
        <h2 ref={heading} tabIndex={-1} className="text-base font-semibold outline-none">
          {describeAction(entry.action)}
        </h2>
      }
    >
      <div className="space-y-5 px-4 py-4">
        <Facts
          entries={[
            [
              "Outcome",
              <Badge tone={outcomeWords[entry.outcome].tone}>{outcomeWords[entry.outcome].label}</Badge>,
            ],
            ["When", `${formatDate(entry.atMs)}, ${formatTime(entry.atMs)}`],
            ["Who", entry.actor],
            ["On what", entry.target],
            ["Why", entry.why],
            ["Action", mono(entry.action)],
          ]}
        />
        {details.length > 0 && (
          <section aria-label="Particulars">
            <h3 className="mb-1.5 text-xs font-medium text-fg-muted">Particulars</h3>
            <Facts entries={details.map(([name, value]) => [name, mono(value)] as const)} />
          </section>
        )}
        <section aria-label="Place in the chain">
          <h3 className="mb-1.5 text-xs font-medium text-fg-muted">Place in the chain</h3>
          <Facts
            entries={[
              ["Line", entry.seq],
              ["Hash", mono(entry.hash)],
              ["Before it", mono(entry.previousHash)],
            ]}
          />
        </section>
      </div>
    </SidePanel>
  );
}
