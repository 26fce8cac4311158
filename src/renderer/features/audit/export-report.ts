import type { ReportFormat } from "#shared/contract/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { client } from "#renderer/api/client.ts";
import { showToast } from "#renderer/ui/show-toast.ts";
import { showFailure, showFailureAbout } from "./use-audit-actions.ts";

/**
 * Lets the operator choose a file, writes the report of a run into it, or of the newest results of each platform when
 * null, and says where it is. Never rejects.
 */
export async function exportReport(runId: RunId | null, format: ReportFormat): Promise<void> {
  try {
    const written = await client.coverage.exportReport({ runId, format });
    if (!written) return;
    const { path } = written;
    showToast({
      tone: "ok",
      about: "export",
      message: "Report written.",
      hint: path,
      action: {
        label: "Show file",
        run: () => void client.app.revealFile({ path }).catch(showFailure),
      },
    });
  } catch (error) {
    showFailureAbout("export")(error);
  }
}
