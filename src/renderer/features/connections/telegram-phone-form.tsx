import { QrCode } from "lucide-react";
import { useState } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { focusOnMount } from "#renderer/ui/focus-on-mount.ts";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { textOf } from "./form-text.ts";
import { StepForm } from "./step-form.tsx";
import { fieldProblemOf } from "./telegram-flow.ts";
import type { TelegramSignIn } from "./use-telegram-sign-in.ts";

/** Whose account it is: the phone number, or a QR code instead. */
export function TelegramPhoneForm({ signIn, phone }: { signIn: TelegramSignIn; phone: string }) {
  const [missing, setMissing] = useState<string | undefined>();
  const refused = fieldProblemOf(signIn.stage, signIn.failure);
  const isAppRefused = signIn.failure?.code === "telegram/app-invalid";
  return (
    <StepForm
      isBusy={signIn.isBusy}
      failure={refused === undefined ? signIn.failure : null}
      failureAction={isAppRefused ? <Button onClick={signIn.back}>Correct id and hash</Button> : undefined}
      submitLabel="Send the code"
      busyLabel="Asking Telegram…"
      onBack={signIn.back}
      alternative={
        <Button icon={<QrCode />} onClick={signIn.showQr}>
          Use a QR code instead
        </Button>
      }
      onSubmit={(form) => {
        const entered = textOf(new FormData(form), "phone");
        setMissing(entered === undefined ? "Enter your phone number." : undefined);
        if (entered !== undefined) signIn.sendCode(entered);
      }}
    >
      <Field
        label="Phone number"
        isRequired
        error={missing ?? refused}
        hint="Of the Telegram account, with the country code. Muster keeps its first two and last four digits, to tell accounts apart."
      >
        {(control) => (
          <TextInput
            {...control}
            ref={focusOnMount}
            type="tel"
            name="phone"
            defaultValue={phone}
            placeholder="+44 20 7946 0000"
            maxLength={40}
            readOnly={signIn.isBusy}
          />
        )}
      </Field>
    </StepForm>
  );
}
