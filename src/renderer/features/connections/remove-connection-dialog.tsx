import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import type { Connection } from "#shared/domain/connection.ts";

interface RemoveConnectionDialogProps {
  /** Null while nothing is to be removed. */
  readonly connection: Connection | null;
  readonly onClose: () => void;
}

/** Asks before a connection and its secret are forgotten. There is no undo: the secret is gone. */
export function RemoveConnectionDialog({ connection, onClose }: RemoveConnectionDialogProps) {
  const [isRevoking, setIsRevoking] = useState(false);
  const remove = useMutation(
    orpc.connections.remove.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: orpc.connections.list.key() });
        showToast({ tone: "ok", message: `${connection?.label ?? "The connection"} was removed.` });
        close();
      },
    }),
  );
  const close = () => {
    remove.reset();
    setIsRevoking(false);
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={connection !== null}
      onOpenChange={close}
      title={`Remove ${connection?.label ?? "the connection"}?`}
      description="Muster forgets this sign-in and deletes its secret from the keychain. Results of past audits stay. To audit this workspace again you sign in again."
      confirmLabel="Remove"
      isDangerous
      isBusy={remove.isPending}
      onConfirm={() => {
        if (connection) remove.mutate({ connectionId: connection.id, revoke: isRevoking });
      }}
    >
      <div className="space-y-3">
        <Checkbox
          label="Also revoke the token at Slack"
          hint="Whatever else uses the same token stops working too."
          isChecked={isRevoking}
          onCheckedChange={setIsRevoking}
          isDisabled={remove.isPending}
        />
        {remove.error && <ErrorNotice error={toFailure(remove.error)} />}
      </div>
    </ConfirmDialog>
  );
}
