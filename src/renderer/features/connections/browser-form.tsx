import { type FormEvent, useState } from "react";
import { ExternalLink } from "lucide-react";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { AddressFields } from "./address-fields.tsx";
import { BrowserSignInProgress } from "./browser-sign-in-progress.tsx";
import { textOf } from "./form-text.ts";
import type { BrowserSignIn } from "./use-browser-sign-in.ts";

interface BrowserFormProps {
  readonly initialApiUrl: string;
  readonly signIn: BrowserSignIn;
}

/** Connects by allowing access on Slack's own page. */
export function BrowserForm({ initialApiUrl, signIn }: BrowserFormProps) {
  const [problem, setProblem] = useState<string | undefined>();
  const { state } = signIn;
  const isUnderWay = state.step !== "idle" && state.step !== "failed";

  const submit = (form: HTMLFormElement) => {
    const data = new FormData(form);
    const clientId = textOf(data, "clientId");
    setProblem(clientId === undefined ? "Enter the client id of your Slack app." : undefined);
    if (clientId === undefined) return;
    signIn.start({ clientId, apiUrl: textOf(data, "apiUrl"), authorizeUrl: textOf(data, "authorizeUrl") });
  };

  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      <Field
        label="Client id"
        isRequired
        error={problem}
        hint="Of your own Slack app, under “Basic Information”. No client secret is needed."
      >
        {(control) => (
          <TextInput
            {...control}
            isCode
            name="clientId"
            placeholder="1234567890.1234567890"
            maxLength={200}
            readOnly={isUnderWay}
          />
        )}
      </Field>
      <AddressFields initialApiUrl={initialApiUrl} hasAuthorizeUrl />
      {state.step === "failed" && <ErrorNotice error={state.failure} />}
      {isUnderWay ? (
        <BrowserSignInProgress state={state} onCancel={signIn.cancel} />
      ) : (
        <div className="flex justify-end">
          <Button type="submit" variant="primary" icon={<ExternalLink />}>
            {state.step === "failed" ? "Try again in the browser" : "Sign in with the browser"}
          </Button>
        </div>
      )}
    </form>
  );
}
