import { Download, FileJson, FileSpreadsheet, FileText, FolderOpen } from "lucide-react";
import type { OperationDetail } from "#shared/domain/operation.ts";
import { client } from "#renderer/api/client.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import { exportOperation } from "./export-operation.ts";

/** Takes an operation out as a file; where the run has left its log, that is shown, too. */
export function ExportMenu({ operation }: { operation: Pick<OperationDetail, "id" | "logs"> }) {
  const { id, logs } = operation;
  const reveal = (path: string): void => void client.app.revealFile({ path }).catch(showFailure);
  return (
    <Menu
      trigger={<Button icon={<Download />}>Export</Button>}
      groups={[
        [
          { label: "Excel…", icon: <FileSpreadsheet />, onSelect: () => void exportOperation(id, "xlsx") },
          { label: "Text log…", icon: <FileText />, onSelect: () => void exportOperation(id, "log") },
          { label: "JSON…", icon: <FileJson />, onSelect: () => void exportOperation(id, "json") },
        ],
        ...(logs?.state === "written"
          ? [
              [
                {
                  label: "Show the run's own log",
                  icon: <FolderOpen />,
                  onSelect: () => reveal(logs.log),
                },
              ],
            ]
          : []),
      ]}
    />
  );
}
