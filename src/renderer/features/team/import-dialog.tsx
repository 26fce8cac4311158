import { FileWarning } from "lucide-react";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { ImportProblems } from "./import-problems.tsx";
import { ImportSummary } from "./import-summary.tsx";
import type { useImport } from "./use-import.ts";

interface ImportDialogProps {
  readonly importing: ReturnType<typeof useImport>;
  /** Rules were edited and not saved; importing replaces them. */
  readonly hasUnsavedRules: boolean;
}

/** What importing a file would change, or everything that stops it. Nothing changes before “Import”. */
export function ImportDialog({ importing, hasUnsavedRules }: ImportDialogProps) {
  const { chosen, close } = importing;
  if (!chosen) return null;
  const { preview } = chosen;
  const isBroken = preview.problems.length > 0 || preview.summary === null;
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      isLocked={importing.isApplying}
      size="large"
      title={isBroken ? `${preview.fileName} cannot be imported` : `Import ${preview.fileName}?`}
      description={
        isBroken
          ? `${formatNoun(preview.problems.length, "problem")} found. Nothing was changed.`
          : preview.shape === "legacy-categories"
            ? "An older file of group categories: its lists become categories, and the team stays as it is."
            : "Team and rules are replaced by what the file says."
      }
      footer={
        isBroken ? (
          <>
            <Button onClick={close}>Close</Button>
            <Button variant="primary" isBusy={importing.isChoosing} onClick={importing.choose}>
              Choose another file…
            </Button>
          </>
        ) : (
          <>
            <Button onClick={close} disabled={importing.isApplying}>
              Cancel
            </Button>
            <Button variant="primary" isBusy={importing.isApplying} onClick={importing.apply}>
              {importing.isApplying ? "Importing…" : "Import"}
            </Button>
          </>
        )
      }
    >
      <div className="space-y-3">
        {preview.problems.length > 0 && <ImportProblems problems={preview.problems} />}
        {!isBroken && preview.summary && <ImportSummary summary={preview.summary} />}
        {!isBroken && hasUnsavedRules && (
          <Notice tone="warn" title="Your unsaved changes to the rules are lost with it." />
        )}
        {preview.problems.length === 0 && preview.summary === null && (
          <p className="flex items-center gap-2 text-sm text-fg-muted">
            <FileWarning aria-hidden="true" className="size-4" />
            The file is neither a team-and-rules file nor an older file of group categories.
          </p>
        )}
        {importing.failure && <ErrorNotice error={importing.failure} />}
      </div>
    </Dialog>
  );
}
