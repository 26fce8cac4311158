import { CopyButton } from "#renderer/ui/copy-button.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { formatDate, formatTime } from "#renderer/ui/format.ts";
import { focusOnMount } from "#renderer/ui/focus-on-mount.ts";
import { SidePanel } from "#renderer/ui/side-panel.tsx";
import type { ActivityEntry } from "#shared/domain/activity.ts";
import { describeAction, listDetails } from "./activity-words.ts";
import { OutcomeMark } from "./outcome-mark.tsx";

interface EntryPanelProps {
  readonly entry: ActivityEntry;
  readonly onClose: () => void;
}

/** Everything one line of the log says, with its place in the chain. */
export function EntryPanel({ entry, onClose }: EntryPanelProps) {
  const outcome = <OutcomeMark outcome={entry.outcome} />;
  const details = listDetails(entry);
  const mono = (text: string) => <span className="font-mono text-xs break-all">{text}</span>;
  return (
    <SidePanel
      label={`Line ${entry.seq} of the log`}
      onClose={onClose}
      header={
        <h2 key={entry.seq} ref={focusOnMount} tabIndex={-1} className="text-base font-semibold outline-none">
          {describeAction(entry.action)}
        </h2>
      }
    >
      <div className="space-y-5 px-4 py-4">
        <Facts
          entries={[
            ["Outcome", outcome],
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
        <CopyButton text={JSON.stringify(entry, null, 2)} label="Copy as JSON" />
      </div>
    </SidePanel>
  );
}
