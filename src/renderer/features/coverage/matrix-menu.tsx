import { ClipboardCopy, Download, FileJson, FileSpreadsheet, FileText } from "lucide-react";
import type { RunPerson } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { exportReport } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { copyAndTell } from "#renderer/ui/copy-and-tell.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { Menu } from "#renderer/ui/menu.tsx";
import { matrixCsv } from "./matrix-csv.ts";

interface MatrixMenuProps {
  /** Null for the newest results of each platform. */
  runId: RunId | null;
  rows: readonly MatrixRow[];
  people: readonly RunPerson[];
}

/** Takes the results out: all of them as a file, or what is in sight to the clipboard. */
export function MatrixMenu({ runId, rows, people }: MatrixMenuProps) {
  const copy = (): void =>
    copyAndTell(matrixCsv(rows, people), {
      done: `${formatNoun(rows.length, "row")} copied as CSV.`,
      otherwise: "Export it as CSV instead.",
    });
  return (
    <Menu
      trigger={<Button icon={<Download />}>Export</Button>}
      groups={[
        [
          {
            label: "Report as Excel…",
            icon: <FileSpreadsheet />,
            onSelect: () => void exportReport(runId, "xlsx"),
          },
          { label: "Report as CSV…", icon: <FileText />, onSelect: () => void exportReport(runId, "csv") },
          { label: "Report as JSON…", icon: <FileJson />, onSelect: () => void exportReport(runId, "json") },
        ],
        [{ label: "Copy visible rows as CSV", icon: <ClipboardCopy />, onSelect: copy }],
      ]}
    />
  );
}
