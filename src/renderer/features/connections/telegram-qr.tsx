import { ArrowLeft, LoaderCircle, RotateCw } from "lucide-react";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { focusOnMount } from "#renderer/ui/focus-on-mount.ts";
import { useNow } from "#renderer/ui/use-now.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import { FloodWaitNotice } from "./flood-wait-notice.tsx";
import { QrPicture } from "./qr-picture.tsx";
import { waitEndOf } from "./telegram-flow.ts";
import type { TelegramSignIn } from "./use-telegram-sign-in.ts";

interface TelegramQrProps {
  readonly signIn: TelegramSignIn;
  readonly shown: { readonly link: string; readonly expiresAtMs: number } | null;
}

/** Signs in with a phone that is signed in already: it scans the picture, which renews itself. */
export function TelegramQr({ signIn, shown }: TelegramQrProps) {
  const { failure } = signIn;
  const nowMs = useNow(SECOND_MS);
  const untilMs = waitEndOf(failure);
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-5">
        <div className="grid size-48 shrink-0 place-items-center overflow-hidden rounded-lg border border-line bg-sunken">
          {shown && <QrPicture text={shown.link} label="QR code to scan with Telegram on your phone" />}
          {!shown && !failure && (
            <LoaderCircle aria-hidden="true" className="size-5 animate-spin text-accent-fg" />
          )}
        </div>
        <div className="min-w-56 flex-1">
          <h3 ref={focusOnMount} tabIndex={-1} className="text-sm font-medium outline-none">
            Scan it with Telegram on your phone
          </h3>
          <ol className="mt-2 list-decimal space-y-1 pl-5 text-sm text-fg-muted">
            <li>Open Telegram on a phone that is signed in.</li>
            <li>
              Go to <b className="font-medium text-fg">Settings</b>,{" "}
              <b className="font-medium text-fg">Devices</b>,{" "}
              <b className="font-medium text-fg">Link Desktop Device</b>.
            </li>
            <li>Point it at this picture.</li>
          </ol>
          <p role="status" className="mt-2 text-sm">
            {shown ? "Waiting for the scan. The picture renews itself." : failure ? "" : "Asking Telegram…"}
          </p>
        </div>
      </div>
      {untilMs !== null && <FloodWaitNotice untilMs={untilMs} nowMs={nowMs} />}
      {failure && untilMs === null && <ErrorNotice error={failure} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="ghost" icon={<ArrowLeft />} onClick={signIn.back} className="mr-auto">
          Use the phone number
        </Button>
        {failure && (
          <Button icon={<RotateCw />} isBusy={untilMs !== null && untilMs > nowMs} onClick={signIn.showQr}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
