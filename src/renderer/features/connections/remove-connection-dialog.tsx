import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { REMOVE_WORDS } from "./connection-words.ts";

interface RemoveConnectionDialogProps {
  /** Null while nothing is to be removed. */
  readonly connection: Connection | null;
  readonly onClose: () => void;
}

/** Asks before a connection and its secret are forgotten. There is no undo: the secret is gone. */
export function RemoveConnectionDialog({ connection, onClose }: RemoveConnectionDialogProps) {
  /** Null until the operator chose otherwise than usual. */
  const [chosen, setChosen] = useState<boolean | null>(null);
  const words = REMOVE_WORDS[connection?.platform ?? "slack"];
  const isRevoking = chosen ?? words.revokesByDefault;
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
    setChosen(null);
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={connection !== null}
      onOpenChange={close}
      title={`Remove ${connection?.label ?? "the connection"}?`}
      description={`Muster forgets this sign-in and deletes its secret from the keychain. Results of past audits stay. ${words.again}`}
      confirmLabel="Remove"
      isDangerous
      isBusy={remove.isPending}
      onConfirm={() => {
        if (connection) remove.mutate({ connectionId: connection.id, revoke: isRevoking });
      }}
    >
      <div className="space-y-3">
        <Checkbox
          label={words.revokeLabel}
          hint={words.revokeHint}
          isChecked={isRevoking}
          onCheckedChange={setChosen}
          isDisabled={remove.isPending}
        />
        {remove.error && <ErrorNotice error={toFailure(remove.error)} />}
      </div>
    </ConfirmDialog>
  );
}
