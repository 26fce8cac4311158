import { type FormEvent, useState } from "react";
import { client } from "#renderer/api/client.ts";
import { type ShownFailure, toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import type { Connection } from "#shared/domain/connection.ts";
import { AddressFields } from "./address-fields.tsx";
import { textOf } from "./form-text.ts";

interface TokenFormProps {
  readonly initialApiUrl: string;
  readonly onConnected: (connection: Connection) => void;
}

/**
 * Connects with a pasted user token. The token lives in the form's own field only and is wiped as it is sent: it
 * never enters React state nor the query cache, which is why this is no mutation.
 */
export function TokenForm({ initialApiUrl, onConnected }: TokenFormProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const [failure, setFailure] = useState<ShownFailure | null>(null);

  const submit = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const token = textOf(data, "token");
    const field = form.elements.namedItem("token");
    if (token === undefined) {
      setProblem("Paste the token first.");
      if (field instanceof HTMLElement) field.focus();
      return;
    }
    if (field instanceof HTMLInputElement) field.value = "";
    setProblem(undefined);
    setFailure(null);
    setIsBusy(true);
    try {
      onConnected(await client.connections.addSlackToken({ token, apiUrl: textOf(data, "apiUrl") }));
    } catch (error) {
      setFailure(toFailure(error));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <Field
        label="User token"
        isRequired
        error={problem}
        hint="Begins with “xoxp-”. In your Slack app it stands under “OAuth & Permissions”. It goes to Slack to be checked, then into the system keychain, and nowhere else."
      >
        {(control) => (
          <TextInput
            {...control}
            data-initial-focus=""
            isCode
            type="password"
            name="token"
            placeholder="xoxp-…"
            maxLength={500}
            disabled={isBusy}
          />
        )}
      </Field>
      <AddressFields initialApiUrl={initialApiUrl} />
      {failure && <ErrorNotice error={failure} />}
      <div className="flex items-center justify-end gap-3">
        {failure && <p className="text-xs text-fg-muted">The token was wiped; paste it again to retry.</p>}
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {isBusy ? "Checking with Slack…" : "Connect"}
        </Button>
      </div>
    </form>
  );
}
