import type { Connection } from "#shared/domain/connection.ts";
import { ConnectionDialog, finishSignIn, type SignInDialogProps } from "./connection-dialog.tsx";
import { TelegramAppForm } from "./telegram-app-form.tsx";
import { TelegramCodeForm } from "./telegram-code-form.tsx";
import { TelegramPasswordForm } from "./telegram-password-form.tsx";
import { TelegramPhoneForm } from "./telegram-phone-form.tsx";
import { TelegramQr } from "./telegram-qr.tsx";
import { useTelegramSignIn } from "./use-telegram-sign-in.ts";

/** Signs a Telegram account in, for the first time or again: application, phone number or QR code, code, password. */
export function AddTelegramDialog(props: SignInDialogProps) {
  const renew = props.renew ?? null;
  return (
    <ConnectionDialog
      isOpen={props.isOpen}
      onOpenChange={props.onOpenChange}
      renew={renew}
      title="Connect a Telegram account"
      description="Muster reads as you: it sees the groups and people that you can see."
    >
      <TelegramStages {...props} renew={renew} />
    </ConnectionDialog>
  );
}

function TelegramStages(props: SignInDialogProps & { readonly renew: Connection | null }) {
  const { renew } = props;
  const connected = (connection: Connection) => finishSignIn(connection, props);
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
