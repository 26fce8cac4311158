import { useState } from "react";
import { Tabs } from "#renderer/ui/tabs.tsx";
import type { Connection } from "#shared/domain/connection.ts";
import { BrowserForm } from "./browser-form.tsx";
import { ConnectionDialog, finishSignIn, type SignInDialogProps } from "./connection-dialog.tsx";
import { CreateAppSteps } from "./create-app-steps.tsx";
import { TokenForm } from "./token-form.tsx";
import { useBrowserSignIn } from "./use-browser-sign-in.ts";

export type AddSlackTab = "token" | "browser" | "create-app";

interface AddSlackDialogProps extends SignInDialogProps {
  readonly initialTab?: AddSlackTab;
}

/** Signs a Slack account in, for the first time or again. */
export function AddSlackDialog(props: AddSlackDialogProps) {
  const renew = props.renew ?? null;
  return (
    <ConnectionDialog
      isOpen={props.isOpen}
      onOpenChange={props.onOpenChange}
      renew={renew}
      title="Connect a Slack workspace"
      description="Muster reads as you: it sees the channels and people that you can see."
    >
      <AddSlackTabs {...props} renew={renew} />
    </ConnectionDialog>
  );
}

function AddSlackTabs(props: AddSlackDialogProps & { renew: Connection | null }) {
  const { renew, initialTab = "token" } = props;
  const [tab, setTab] = useState<AddSlackTab>(initialTab);
  const connected = (connection: Connection) => finishSignIn(connection, props);
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
