import { useQuery } from "@tanstack/react-query";
import { orpc } from "#renderer/api/client.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";

/** Says before anything is pasted that a sign-in could not be kept, and what to do about it. */
export function KeychainNotice() {
  const doctor = useQuery(orpc.app.doctor.queryOptions());
  const keychain = doctor.data?.find((check) => check.id === "keychain");
  if (!keychain || keychain.ok) return null;
  return (
    <Notice
      tone="warn"
      title={keychain.finding}
      action={
        <Button isBusy={doctor.isFetching} onClick={() => void doctor.refetch()}>
          {doctor.isFetching ? "Checking…" : "Check again"}
        </Button>
      }
    >
      {keychain.todo} Until then Muster refuses to sign in; the sandbox works without a keychain.
    </Notice>
  );
}
