import { Cable, ListChecks, Send } from "lucide-react";
import { useState } from "react";
import {
  AddSlackDialog,
  type AddSlackTab,
  AddTelegramDialog,
} from "#renderer/features/connections/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { KeychainNotice } from "./keychain-notice.tsx";
import { OpenSandbox } from "./open-sandbox.tsx";
import { PromiseList } from "./promise-list.tsx";
import { StartChoice } from "./start-choice.tsx";

/** The window before anything is connected: what Muster does, what it needs, and three ways to begin. */
export function FirstRunScreen() {
  const [dialog, setDialog] = useState<AddSlackTab | null>(null);
  // Kept while the dialog fades, so that its tab does not jump.
  const [tab, setTab] = useState<AddSlackTab>("token");
  const [isAddingTelegram, setIsAddingTelegram] = useState(false);
  const connectBy = (chosen: AddSlackTab) => {
    setTab(chosen);
    setDialog(chosen);
  };
  return (
    <div className="mx-auto flex min-h-full max-w-232 flex-col justify-center gap-7 px-6 py-10">
      <header>
        <div
          aria-hidden="true"
          className="grid size-11 place-items-center rounded-xl bg-accent text-on-accent shadow-panel [&_svg]:size-6"
        >
          <ListChecks />
        </div>
        <h1 className="mt-5 text-2xl font-semibold tracking-tight text-balance">
          See who is missing from which customer group
        </h1>
        <p className="mt-2 max-w-144 text-base text-pretty text-fg-muted">
          Muster reads the channels of your Slack workspace and the groups of your Telegram account with your
          own sign-in, and compares them with your rules. You get a list of who is missing where, and an Excel
          report to hand on.
        </p>
      </header>

      <KeychainNotice />

      <div className="grid gap-4 sm:grid-cols-3">
        <StartChoice
          icon={<Cable />}
          title="Connect Slack"
          text="Paste a user token, or sign in with the browser. If you have no Slack app for it yet, Muster gives you its manifest: it takes about three minutes."
        >
          <Button variant="primary" onClick={() => connectBy("token")}>
            Connect Slack
          </Button>
          <Button variant="ghost" onClick={() => connectBy("create-app")}>
            I have no Slack app yet
          </Button>
        </StartChoice>
        <StartChoice
          icon={<Send />}
          title="Connect Telegram"
          text="Sign in with your phone number or a QR code. Telegram asks for an API id and hash first; Muster shows where they come from."
        >
          <Button onClick={() => setIsAddingTelegram(true)}>Connect Telegram</Button>
        </StartChoice>
        <OpenSandbox />
      </div>

      <PromiseList />

      <AddSlackDialog
        isOpen={dialog !== null}
        initialTab={tab}
        onOpenChange={(isOpen) => {
          if (!isOpen) setDialog(null);
        }}
      />
      <AddTelegramDialog isOpen={isAddingTelegram} onOpenChange={setIsAddingTelegram} />
    </div>
  );
}
