import { useQuery } from "@tanstack/react-query";
import { Download, UserPlus } from "lucide-react";
import { useCallback, useState } from "react";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import type { TeamMember } from "#shared/domain/team.ts";
import { ExportButton } from "./export-button.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { MemberDialog } from "./member-dialog.tsx";
import { TeamTabs } from "./team-tabs.tsx";
import { useTeamTab } from "./team-tab.ts";
import { useImport } from "./use-import.ts";
import { useHasRulesDraft } from "./use-rules-draft.ts";

/** Who is in the team, and who must be in which groups. */
export function TeamScreen() {
  const team = useQuery(orpc.team.get.queryOptions());
  const [tab, setTab] = useTeamTab();
  const [subject, setSubject] = useState<TeamMember | "new" | null>(null);
  const importing = useImport();
  const hasUnsavedRules = useHasRulesDraft();
  const addMember = useCallback(() => setSubject("new"), []);
  return (
    <Page
      title="Team & rules"
      subtitle="Who must be in which groups."
      layout="fill"
      actions={
        <>
          <Button icon={<Download />} isBusy={importing.isChoosing} onClick={importing.choose}>
            Import…
          </Button>
          <ExportButton hasUnsavedRules={hasUnsavedRules} />
          {tab === "members" && (
            <Button variant="primary" icon={<UserPlus />} disabled={!team.data} onClick={addMember}>
              Add member
            </Button>
          )}
        </>
      }
    >
      {team.isPending && <SkeletonRows label="Loading team and rules" rows={12} />}
      {team.error && <ErrorState error={toFailure(team.error)} onRetry={() => void team.refetch()} />}
      {team.data && (
        <TeamTabs
          saved={team.data}
          tab={tab}
          onTabChange={setTab}
          onAddMember={addMember}
          onEditMember={setSubject}
        />
      )}
      <MemberDialog subject={subject} team={team.data?.team ?? []} onClose={() => setSubject(null)} />
      <ImportDialog importing={importing} hasUnsavedRules={hasUnsavedRules} />
    </Page>
  );
}
