import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { Page } from "#renderer/ui/page.tsx";
import type { Connection } from "#shared/domain/connection.ts";
import { AddSlackDialog } from "./add-slack-dialog.tsx";
import { ConnectionList } from "./connection-list.tsx";
import { RemoveConnectionDialog } from "./remove-connection-dialog.tsx";

export { AddSlackDialog, type AddSlackTab } from "./add-slack-dialog.tsx";

/** Signed-in sources: what works, what asks to sign in again, and what each may do. */
export function ConnectionsScreen() {
  const [isAdding, setIsAdding] = useState(false);
  const [renewing, setRenewing] = useState<Connection | null>(null);
  const [removing, setRemoving] = useState<Connection | null>(null);
  return (
    <Page
      title="Connections"
      subtitle="Where Muster reads from, as you."
      actions={
        <Button variant="primary" icon={<Plus />} onClick={() => setIsAdding(true)}>
          Connect Slack
        </Button>
      }
    >
      <ConnectionList onAdd={() => setIsAdding(true)} onSignIn={setRenewing} onRemove={setRemoving} />
      <AddSlackDialog
        isOpen={isAdding || renewing !== null}
        renew={renewing}
        onOpenChange={(isOpen) => {
          if (isOpen) return;
          setIsAdding(false);
          setRenewing(null);
        }}
      />
      <RemoveConnectionDialog connection={removing} onClose={() => setRemoving(null)} />
    </Page>
  );
}
