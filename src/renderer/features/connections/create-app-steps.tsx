import { useQuery } from "@tanstack/react-query";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { CopyButton } from "#renderer/ui/copy-button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";

const steps = [
  <>
    Open <span className="font-mono text-xs select-all">api.slack.com/apps</span>, choose{" "}
    <b className="font-medium">Create New App</b>, then <b className="font-medium">From a manifest</b>.
  </>,
  <>Choose your workspace, paste the manifest below, and create the app.</>,
  <>
    Under <b className="font-medium">OAuth &amp; Permissions</b>, install it to the workspace and allow it.
  </>,
  <>
    Copy the <b className="font-medium">User OAuth Token</b> into the first tab, or the{" "}
    <b className="font-medium">Client ID</b> (under Basic Information) into the second.
  </>,
];

/** How to make the Slack app that Muster signs in through. Each customer owns theirs: Slack limits shared apps. */
export function CreateAppSteps() {
  const manifest = useQuery(orpc.connections.slackManifest.queryOptions());
  return (
    <div className="space-y-4">
      <ol className="space-y-2 text-sm">
        {steps.map((step, at) => (
          <li key={at} className="flex gap-2.5">
            <span
              aria-hidden="true"
              className="tabular grid size-5 shrink-0 place-items-center rounded-full bg-hover text-xs font-medium text-fg-muted"
            >
              {at + 1}
            </span>
            <span>{step}</span>
          </li>
        ))}
      </ol>
      {manifest.isPending && <Skeleton className="h-48 w-full" />}
      {manifest.error && <ErrorNotice error={toFailure(manifest.error)} />}
      {manifest.data && (
        <div className="overflow-hidden rounded-md border border-line">
          <div className="flex items-center justify-between gap-3 border-b border-line bg-sunken py-1 pr-1 pl-3">
            <span className="text-xs font-medium text-fg-muted">App manifest (JSON)</span>
            <CopyButton text={manifest.data.json} label="Copy manifest" />
          </div>
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
            tabIndex={0}
            role="region"
            aria-label="App manifest"
            className="max-h-52 overflow-auto bg-surface p-3 font-mono text-xs leading-4.5 focus-visible:-outline-offset-2"
          >
            {manifest.data.json}
          </pre>
        </div>
      )}
    </div>
  );
}
