import type { ReactNode } from "react";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { describeSignIn } from "./connection-words.ts";

/** What every dialogue that signs something in is given. */
export interface SignInDialogProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** The connection to sign in again; null for a new one. */
  readonly renew?: Connection | null;
  readonly onConnected?: (connection: Connection) => void;
}

interface ConnectionDialogProps extends Pick<SignInDialogProps, "isOpen" | "onOpenChange"> {
  readonly renew: Connection | null;
  /** For a new connection. */
  readonly title: string;
  readonly description: string;
  /** Mounted with the dialog, so that nothing typed outlives it. */
  readonly children: ReactNode;
}

/** The frame of a sign-in, for the first time or again. */
export function ConnectionDialog({ renew, title, description, ...dialog }: ConnectionDialogProps) {
  return (
    <Dialog
      {...dialog}
      title={renew ? `Sign in to ${renew.label} again` : title}
      description={
        renew
          ? `As ${renew.userName}; another account is added as a connection of its own. Paused work continues by itself.`
          : description
      }
    />
  );
}

/** What follows a sign-in that has worked: the lists know of it, the operator is told, and the dialogue closes. */
export async function finishSignIn(
  connection: Connection,
  { renew, onOpenChange, onConnected }: Omit<SignInDialogProps, "isOpen">,
): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: orpc.connections.list.key() });
  showToast({ tone: "ok", ...describeSignIn(connection, renew ?? null) });
  onOpenChange(false);
  onConnected?.(connection);
}
