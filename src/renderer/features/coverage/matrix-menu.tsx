import { ClipboardCopy, Download, FileJson, FileSpreadsheet, FileText } from "lucide-react";
import type { RunPerson } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { exportReport } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { copyText } from "#renderer/ui/copy-text.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { Menu } from "#renderer/ui/menu.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import { matrixCsv } from "./matrix-csv.ts";

interface MatrixMenuProps {
  /** Null for the newest results of each platform. */
  runId: RunId | null;
  rows: readonly MatrixRow[];
  people: readonly RunPerson[];
}

/** Takes the results out: all of them as a file, or what is in sight to the clipboard. */
export function MatrixMenu({ runId, rows, people }: MatrixMenuProps) {
  const copy = (): void => {
    const isCopied = copyText(matrixCsv(rows, people));
    showToast(
      isCopied
        ? { tone: "ok", message: `${formatNoun(rows.length, "row")} copied as CSV.` }
        : { tone: "danger", message: "The clipboard refused the text.", hint: "Export it as CSV instead." },
    );
  };
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
