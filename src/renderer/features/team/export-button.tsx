import { useMutation } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { client, orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";

/** Saves team and rules as one file where the operator chooses. */
export function ExportButton({ hasUnsavedRules }: { hasUnsavedRules: boolean }) {
  const exporting = useMutation(
    orpc.team.exportFile.mutationOptions({
      onSuccess: (saved) => {
        if (!saved) return;
        showToast({
          tone: "ok",
          message: "Team and rules were exported.",
          hint: hasUnsavedRules ? "Without the changes that are not saved yet." : undefined,
          action: { label: "Show file", run: () => void reveal(saved.path) },
        });
      },
      onError: tell,
    }),
  );
  return (
    <Button icon={<Upload />} isBusy={exporting.isPending} onClick={() => exporting.mutate(undefined)}>
      Export…
    </Button>
  );
}

async function reveal(path: string): Promise<void> {
  try {
    await client.app.revealFile({ path });
  } catch (error) {
    tell(error);
  }
}

function tell(error: unknown): void {
  const failure = toFailure(error);
  showToast({ tone: "danger", message: failure.message, hint: failure.todo });
}
