import { LoaderCircle } from "lucide-react";
import { Button } from "#renderer/ui/button.tsx";
import { CopyButton } from "#renderer/ui/copy-button.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import { formatCountdown } from "./countdown.ts";
import type { SignInState } from "./use-browser-sign-in.ts";

interface BrowserSignInProgressProps {
  readonly state: Exclude<SignInState, { step: "idle" | "failed" }>;
  readonly onCancel: () => void;
}

/** What is happening between “Sign in” and the answer, with the time that is left. */
export function BrowserSignInProgress({ state, onCancel }: BrowserSignInProgressProps) {
  const nowMs = useNow(SECOND_MS);
  return (
    <div className="rounded-lg border border-line bg-sunken p-4">
      <div className="flex items-start gap-3">
        <LoaderCircle aria-hidden="true" className="mt-0.5 size-4 shrink-0 animate-spin text-accent-fg" />
        <div className="min-w-0 flex-1">
          <p role="status" className="text-sm font-medium">
            {state.step === "starting" && "Opening the browser…"}
            {state.step === "browser-opened" && "Waiting for you to allow access in the browser"}
            {state.step === "exchanging" && "Allowed. Finishing the sign-in…"}
          </p>
          {state.step === "browser-opened" && (
            <p className="mt-0.5 text-sm text-fg-muted">
              <span role="timer" className="tabular">
                {formatCountdown(state.expiresAtMs - nowMs)}
              </span>{" "}
              left. If no page opened, copy its address into a browser on this computer.
            </p>
          )}
        </div>
      </div>
      <div className="mt-3 flex flex-wrap justify-end gap-2">
        {state.step === "browser-opened" && <CopyButton text={state.url} label="Copy address" />}
        <Button onClick={onCancel}>Cancel sign-in</Button>
      </div>
    </div>
  );
}
