import { useMutation, useQuery } from "@tanstack/react-query";
import { FolderOpen } from "lucide-react";
import type { ReactNode } from "react";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { CopyButton } from "#renderer/ui/copy-button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import type { AppInfo } from "#shared/contract/app.ts";

const systems: Record<AppInfo["os"], string> = { linux: "Linux", darwin: "macOS", win32: "Windows" };

/** What is running, and where it keeps its data. */
export function AboutSection() {
  const info = useQuery(orpc.app.info.queryOptions());
  const reveal = useMutation(orpc.app.revealFile.mutationOptions());
  return (
    <Section
      title="About"
      aside={info.data && <CopyButton text={describe(info.data)} label="Copy versions" />}
    >
      {info.isPending && <SkeletonRows label="Loading versions" rows={3} />}
      {info.error && <ErrorNotice error={toFailure(info.error)} />}
      {info.data && (
        <div className="space-y-4">
          <Facts
            entries={[
              ["Muster", info.data.version],
              ["Electron", info.data.electron],
              ["Node", info.data.node],
              ["System", systems[info.data.os]],
              ["Data folder", mono(info.data.profileFolder)],
            ]}
          />
          <Button
            icon={<FolderOpen />}
            isBusy={reveal.isPending}
            onClick={() => reveal.mutate({ path: info.data.profileFolder })}
          >
            Show the data folder
          </Button>
          {reveal.error && <ErrorNotice error={toFailure(reveal.error)} />}
        </div>
      )}
    </Section>
  );
}

/** For a report to whoever maintains Muster; without the data folder, which may hold a person's name. */
function describe(info: AppInfo): string {
  return `Muster ${info.version}, Electron ${info.electron}, Node ${info.node}, ${systems[info.os]}`;
}

function mono(text: string): ReactNode {
  return <span className="font-mono text-xs break-all">{text}</span>;
}
