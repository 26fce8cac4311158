import { useMutation } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { StartChoice } from "./start-choice.tsx";

/** Begins on the simulated world. The shell appears by itself once it is connected. */
export function OpenSandbox() {
  const open = useMutation(
    orpc.connections.openSandbox.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(),
    }),
  );
  return (
    <StartChoice
      icon={<FlaskConical />}
      title="Look around in the sandbox"
      text="A simulated Slack and Telegram with hundreds of groups and a sample team, on this computer only. No account is needed, and everything works as it does with the real ones."
    >
      {open.error && <ErrorNotice error={toFailure(open.error)} />}
      <Button icon={<FlaskConical />} isBusy={open.isPending} onClick={() => open.mutate(undefined)}>
        {open.isPending ? "Starting the sandbox…" : "Open the sandbox"}
      </Button>
      <span role="status" className="sr-only">
        {open.isPending ? "Starting the sandbox" : ""}
      </span>
    </StartChoice>
  );
}
