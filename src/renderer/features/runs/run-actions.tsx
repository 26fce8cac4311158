import { useMutation } from "@tanstack/react-query";
import {
  Download,
  Ellipsis,
  FileJson,
  FileSpreadsheet,
  FileText,
  GitCompareArrows,
  Grid3x3,
  RotateCw,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import type { RunDetail } from "#shared/contract/coverage.ts";
import { client } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { exportReport, showFailure, useAuditActions } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { formatDateTime } from "#renderer/ui/format.ts";
import { LinkButton } from "#renderer/ui/link-button.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import { navigate } from "#renderer/ui/router.ts";
import { showToast } from "#renderer/ui/show-toast.ts";

/** What can be done with one run. */
export function RunActions({ detail }: { detail: RunDetail }) {
  const { run, previousRunId } = detail;
  const [isRemoving, setIsRemoving] = useState(false);
  const { resume } = useAuditActions();
  const remove = useMutation({
    mutationFn: () => client.coverage.removeRun({ runId: run.id }),
    onError: showFailure,
    onSuccess: () => {
      setIsRemoving(false);
      navigate(paths.runs(), { replace: true });
      showToast({ tone: "neutral", message: "Run removed." });
    },
  });
  const hasResults = run.present + run.absent + run.unknown > 0;
  const isActive = run.finishedAtMs === null;
  const isResumable = run.state === "cancelled" || run.state === "failed";
  return (
    <>
      {isResumable ? (
        <Button
          variant="primary"
          icon={<RotateCw />}
          isBusy={resume.isPending}
          onClick={() => resume.mutate(run.id)}
        >
          Resume
        </Button>
      ) : null}
      {hasResults ? (
        <LinkButton
          to={paths.coverage(run.id)}
          variant={isResumable ? "secondary" : "primary"}
          icon={<Grid3x3 aria-hidden="true" />}
        >
          Open matrix
        </LinkButton>
      ) : null}
      {hasResults && previousRunId ? (
        <LinkButton to={paths.compare(previousRunId, run.id)} icon={<GitCompareArrows aria-hidden="true" />}>
          Compare with previous
        </LinkButton>
      ) : null}
      {hasResults ? (
        <Menu
          trigger={<Button icon={<Download />}>Export</Button>}
          groups={[
            [
              {
                label: "Excel…",
                icon: <FileSpreadsheet />,
                onSelect: () => void exportReport(run.id, "xlsx"),
              },
              { label: "CSV…", icon: <FileText />, onSelect: () => void exportReport(run.id, "csv") },
              { label: "JSON…", icon: <FileJson />, onSelect: () => void exportReport(run.id, "json") },
            ],
          ]}
        />
      ) : null}
      {isActive ? null : (
        <Menu
          trigger={<Button aria-label="More" icon={<Ellipsis />} className="px-2" />}
          groups={[
            [
              {
                label: "Remove the run…",
                icon: <Trash2 />,
                isDangerous: true,
                onSelect: () => setIsRemoving(true),
              },
            ],
          ]}
        />
      )}
      <ConfirmDialog
        isOpen={isRemoving}
        onOpenChange={setIsRemoving}
        title={`Remove the run of ${formatDateTime(run.startedAtMs)}?`}
        description="Its results and its part of every cell's history are deleted. Exclusions stay. This cannot be undone."
        confirmLabel="Remove"
        isDangerous
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </>
  );
}
