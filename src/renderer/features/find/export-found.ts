import type { FoundFormat } from "#shared/contract/membership.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import { client } from "#renderer/api/client.ts";
import { showFailure, showFailureAbout } from "#renderer/features/audit/screen.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";

/** Lets the operator choose a file, writes what the newest look came to into it, and says where it is. Never rejects. */
export async function exportFound(personId: PersonId | null, format: FoundFormat): Promise<void> {
  try {
    const written = await client.membership.exportFound({ personId, format });
    if (!written) return;
    const { path } = written;
    showToast({
      tone: "ok",
      about: "export",
      message: "Groups written.",
      hint: path,
      action: { label: "Show file", run: () => void client.app.revealFile({ path }).catch(showFailure) },
    });
  } catch (error) {
    showFailureAbout("export")(error);
  }
}
