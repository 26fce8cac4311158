import { useState } from "react";
import { CopyButton } from "#renderer/ui/copy-button.tsx";
import { Disclosure } from "#renderer/ui/disclosure.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { textOf } from "./form-text.ts";
import { StepForm } from "./step-form.tsx";
import { type AppProblems, readAppForm } from "./telegram-app-input.ts";
import type { TelegramSignIn } from "./use-telegram-sign-in.ts";

const APPS_PAGE = "https://my.telegram.org/apps";

/** Which application signs in. The hash is wiped as it is sent. */
export function TelegramAppForm({ signIn }: { signIn: TelegramSignIn }) {
  const [problems, setProblems] = useState<AppProblems>({});

  const submit = (form: HTMLFormElement) => {
    const data = new FormData(form);
    const read = readAppForm((name) => textOf(data, name));
    setProblems(read.ok ? {} : read.error);
    if (!read.ok) {
      const first = form.elements.namedItem(Object.keys(read.error)[0] ?? "");
      if (first instanceof HTMLElement) first.focus();
      return;
    }
    const hash = form.elements.namedItem("apiHash");
    if (hash instanceof HTMLInputElement) hash.value = "";
    signIn.begin(read.value);
  };

  return (
    <StepForm
      isBusy={signIn.isBusy}
      failure={signIn.failure}
      submitLabel="Continue"
      busyLabel="Starting…"
      onSubmit={submit}
    >
      <div className="rounded-lg border border-line bg-sunken px-3.5 py-2.5 text-sm">
        <p>
          Telegram wants to know which application signs in. Yours is free and takes two minutes: open{" "}
          <span className="font-mono text-xs select-all">my.telegram.org/apps</span> in a browser, sign in,
          and create one under <b className="font-medium">API development tools</b>. Any title will do.
        </p>
        <div className="mt-2">
          <CopyButton text={APPS_PAGE} label="Copy address" />
        </div>
      </div>
      <div className="grid gap-4 sm:grid-cols-[9rem_1fr]">
        <Field label="API id" isRequired error={problems.apiId} hint="A number.">
          {(control) => (
            <TextInput
              {...control}
              data-initial-focus=""
              isCode
              inputMode="numeric"
              name="apiId"
              maxLength={12}
              readOnly={signIn.isBusy}
            />
          )}
        </Field>
        <Field
          label="API hash"
          isRequired
          error={problems.apiHash}
          hint="Goes into the system keychain with the sign-in, and nowhere else."
        >
          {(control) => (
            <TextInput
              {...control}
              isCode
              type="password"
              name="apiHash"
              maxLength={200}
              readOnly={signIn.isBusy}
            />
          )}
        </Field>
      </div>
      <Disclosure label="Another server than Telegram's own">
        <div className="space-y-3 pl-4">
          <Field
            label="Server"
            error={problems.server}
            hint="For a test server. The connection is marked wherever it is shown."
          >
            {(control) => (
              <TextInput {...control} isCode name="server" placeholder="127.0.0.1:4430" maxLength={260} />
            )}
          </Field>
          <Field label="Its public key" error={problems.publicKeyPem} hint="RSA, in PEM form.">
            {(control) => (
              <TextArea
                {...control}
                isCode
                name="publicKeyPem"
                placeholder="-----BEGIN PUBLIC KEY-----"
                maxLength={10_000}
              />
            )}
          </Field>
        </div>
      </Disclosure>
    </StepForm>
  );
}
