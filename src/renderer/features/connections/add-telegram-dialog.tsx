import { orpc, queryClient } from "#renderer/api/client.ts";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { describeSignIn } from "./connection-words.ts";
import { TelegramAppForm } from "./telegram-app-form.tsx";
import { TelegramCodeForm } from "./telegram-code-form.tsx";
import { TelegramPasswordForm } from "./telegram-password-form.tsx";
import { TelegramPhoneForm } from "./telegram-phone-form.tsx";
import { TelegramQr } from "./telegram-qr.tsx";
import { useTelegramSignIn } from "./use-telegram-sign-in.ts";

interface AddTelegramDialogProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** The connection to sign in again; null for a new one. */
  readonly renew?: Connection | null;
}

/** Signs a Telegram account in, for the first time or again: application, phone number or QR code, code, password. */
export function AddTelegramDialog(props: AddTelegramDialogProps) {
  const renew = props.renew ?? null;
  return (
    <Dialog
      isOpen={props.isOpen}
      onOpenChange={props.onOpenChange}
      title={renew ? `Sign in to ${renew.label} again` : "Connect a Telegram account"}
      description={
        renew
          ? `As ${renew.userName}; another account is added as a connection of its own. Paused work continues by itself.`
          : "Muster reads as you: it sees the groups and people that you can see."
      }
    >
      {/* Mounted with the dialog, so that nothing typed outlives it. */}
      <TelegramStages renew={renew} onOpenChange={props.onOpenChange} />
    </Dialog>
  );
}

function TelegramStages({
  renew,
  onOpenChange,
}: {
  readonly renew: Connection | null;
  readonly onOpenChange: (isOpen: boolean) => void;
}) {
  const connected = async (connection: Connection) => {
    await queryClient.invalidateQueries({ queryKey: orpc.connections.list.key() });
    showToast({ tone: "ok", ...describeSignIn(connection, renew) });
    onOpenChange(false);
  };
  const signIn = useTelegramSignIn(renew, (connection) => void connected(connection));
  switch (signIn.stage.at) {
    case "starting":
      return (
        <p role="status" className="text-sm text-fg-muted">
          Starting the sign-in…
        </p>
      );
    case "app":
      return <TelegramAppForm signIn={signIn} />;
    case "phone":
      return <TelegramPhoneForm signIn={signIn} phone={signIn.stage.phone} />;
    case "code":
      return <TelegramCodeForm signIn={signIn} sent={signIn.stage.sent} />;
    case "password":
      return <TelegramPasswordForm signIn={signIn} hint={signIn.stage.hint} />;
    case "qr":
      return <TelegramQr signIn={signIn} shown={signIn.stage.shown} />;
  }
}
