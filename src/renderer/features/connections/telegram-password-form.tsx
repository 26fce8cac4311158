import { useState } from "react";
import { Field } from "#renderer/ui/field.tsx";
import { focusOnMount } from "#renderer/ui/focus-on-mount.ts";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { StepForm } from "./step-form.tsx";
import { fieldProblemOf } from "./telegram-flow.ts";
import type { TelegramSignIn } from "./use-telegram-sign-in.ts";

/** The cloud password of an account with two-step verification; wiped as it is sent. */
export function TelegramPasswordForm({ signIn, hint }: { signIn: TelegramSignIn; hint: string | null }) {
  const [missing, setMissing] = useState<string | undefined>();
  const refused = fieldProblemOf(signIn.stage, signIn.failure);
  return (
    <StepForm
      isBusy={signIn.isBusy}
      failure={refused === undefined ? signIn.failure : null}
      submitLabel="Sign in"
      busyLabel="Checking…"
      onBack={signIn.back}
      onSubmit={(form) => {
        const field = form.elements.namedItem("password");
        // Not trimmed: blanks are part of a password.
        const password = field instanceof HTMLInputElement ? field.value : "";
        setMissing(password === "" ? "Enter the password." : undefined);
        if (password === "" || !(field instanceof HTMLInputElement)) return;
        field.value = "";
        // A wrong one is typed again, also by who pressed the button.
        field.focus();
        signIn.submitPassword(password);
      }}
    >
      <p role="status" className="text-sm text-pretty">
        This account has two-step verification: Telegram also asks for its cloud password.
      </p>
      <Field
        label="Cloud password"
        isRequired
        error={missing ?? refused}
        hint={`${hint === null ? "" : `Your reminder: ${hint}. `}It proves itself to Telegram without being sent, and is kept nowhere.`}
      >
        {(control) => (
          <TextInput
            {...control}
            ref={focusOnMount}
            type="password"
            name="password"
            autoComplete="off"
            maxLength={1_000}
            readOnly={signIn.isBusy}
          />
        )}
      </Field>
    </StepForm>
  );
}
