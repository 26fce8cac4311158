import type { OperationReportFormat } from "#shared/contract/membership.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import { client } from "#renderer/api/client.ts";
import { showFailure, showFailureAbout } from "#renderer/features/audit/screen.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";

/** Lets the operator choose a file, writes an operation's report into it, and says where it is. Never rejects. */
export async function exportOperation(
  operationId: OperationId,
  format: OperationReportFormat,
): Promise<void> {
  try {
    const written = await client.membership.exportReport({ operationId, format });
    if (!written) return;
    const { path } = written;
    showToast({
      tone: "ok",
      about: "export",
      message: "Report written.",
      hint: path,
      action: { label: "Show file", run: () => void client.app.revealFile({ path }).catch(showFailure) },
    });
  } catch (error) {
    showFailureAbout("export")(error);
  }
}
