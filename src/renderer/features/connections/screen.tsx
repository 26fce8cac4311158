import { Plus, Send } from "lucide-react";
import { useState } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { Page } from "#renderer/ui/page.tsx";
import type { Connection } from "#shared/domain/connection.ts";
import type { Platform } from "#shared/domain/ids.ts";
import { AddSlackDialog } from "./add-slack-dialog.tsx";
import { AddTelegramDialog } from "./add-telegram-dialog.tsx";
import { ConnectionList } from "./connection-list.tsx";
import { RemoveConnectionDialog } from "./remove-connection-dialog.tsx";

export { AddSlackDialog, type AddSlackTab } from "./add-slack-dialog.tsx";
export { AddTelegramDialog } from "./add-telegram-dialog.tsx";

/** Signed-in sources: what works, what asks to sign in again, and what each may do. */
export function ConnectionsScreen() {
  const [adding, setAdding] = useState<Platform | null>(null);
  const [renewing, setRenewing] = useState<Connection | null>(null);
  const [removing, setRemoving] = useState<Connection | null>(null);
  const isOpen = (platform: Platform) => adding === platform || renewing?.platform === platform;
  const close = (stillOpen: boolean) => {
    if (stillOpen) return;
    setAdding(null);
    setRenewing(null);
  };
  return (
    <Page
      title="Connections"
      subtitle="Where Muster reads from, as you."
      actions={
        <>
          <Button icon={<Send />} onClick={() => setAdding("telegram")}>
            Connect Telegram
          </Button>
          <Button variant="primary" icon={<Plus />} onClick={() => setAdding("slack")}>
            Connect Slack
          </Button>
        </>
      }
    >
      <ConnectionList onAdd={setAdding} onSignIn={setRenewing} onRemove={setRemoving} />
      <AddSlackDialog isOpen={isOpen("slack")} renew={renewing} onOpenChange={close} />
      <AddTelegramDialog isOpen={isOpen("telegram")} renew={renewing} onOpenChange={close} />
      <RemoveConnectionDialog connection={removing} onClose={() => setRemoving(null)} />
    </Page>
  );
}
