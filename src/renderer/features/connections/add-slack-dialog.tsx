import { useState } from "react";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Tabs } from "#renderer/ui/tabs.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { BrowserForm } from "./browser-form.tsx";
import { describeSignIn } from "./connection-words.ts";
import { CreateAppSteps } from "./create-app-steps.tsx";
import { TokenForm } from "./token-form.tsx";
import { useBrowserSignIn } from "./use-browser-sign-in.ts";

export type AddSlackTab = "token" | "browser" | "create-app";

interface AddSlackDialogProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** The connection to sign in again; null for a new one. */
  readonly renew?: Connection | null;
  readonly initialTab?: AddSlackTab;
  readonly onConnected?: (connection: Connection) => void;
}

/** Signs a Slack account in, for the first time or again. */
export function AddSlackDialog(props: AddSlackDialogProps) {
  const renew = props.renew ?? null;
  return (
    <Dialog
      isOpen={props.isOpen}
      onOpenChange={props.onOpenChange}
      title={renew ? `Sign in to ${renew.label} again` : "Connect a Slack workspace"}
      description={
        renew
          ? `As ${renew.userName}; another account is added as a connection of its own. Paused work continues by itself.`
          : "Muster reads as you: it sees the channels and people that you can see."
      }
    >
      {/* Mounted with the dialog, so that nothing typed outlives it. */}
      <AddSlackTabs {...props} renew={renew} />
    </Dialog>
  );
}

function AddSlackTabs({
  renew,
  initialTab = "token",
  onConnected,
  onOpenChange,
}: AddSlackDialogProps & { renew: Connection | null }) {
  const [tab, setTab] = useState<AddSlackTab>(initialTab);
  const connected = async (connection: Connection) => {
    await queryClient.invalidateQueries({ queryKey: orpc.connections.list.key() });
    showToast({ tone: "ok", ...describeSignIn(connection, renew) });
    onOpenChange(false);
    onConnected?.(connection);
  };
  const signIn = useBrowserSignIn((connection) => void connected(connection));
  const initialApiUrl = renew && !renew.isProduction ? renew.apiUrl : "";
  return (
    <Tabs
      label="Ways to connect"
      value={tab}
      onValueChange={(value) => setTab(value as AddSlackTab)}
      panelClassName="pt-4"
      tabs={[
        {
          value: "token",
          label: "Paste a user token",
          content: <TokenForm initialApiUrl={initialApiUrl} onConnected={(made) => void connected(made)} />,
        },
        {
          value: "browser",
          label: "Sign in with Slack",
          content: <BrowserForm initialApiUrl={initialApiUrl} signIn={signIn} />,
        },
        { value: "create-app", label: "Create the Slack app", content: <CreateAppSteps /> },
      ]}
    />
  );
}
