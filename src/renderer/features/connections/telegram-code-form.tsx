import { RotateCw } from "lucide-react";
import { useState } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { focusOnMount } from "#renderer/ui/focus-on-mount.ts";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import type { TelegramSignInStep } from "#shared/domain/connection.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import { formatCountdown } from "./countdown.ts";
import { textOf } from "./form-text.ts";
import { StepForm } from "./step-form.tsx";
import { describeSentCode, fieldProblemOf, formatPhone } from "./telegram-flow.ts";
import type { TelegramSignIn } from "./use-telegram-sign-in.ts";

interface TelegramCodeFormProps {
  readonly signIn: TelegramSignIn;
  readonly sent: Extract<TelegramSignInStep, { step: "code" }>;
}

/** The code that Telegram sent, or another one once it may be asked for. */
export function TelegramCodeForm({ signIn, sent }: TelegramCodeFormProps) {
  const [missing, setMissing] = useState<string | undefined>();
  const refused = fieldProblemOf(signIn.stage, signIn.failure);
  const isExpired = signIn.failure?.code === "telegram/code-expired";
  return (
    <StepForm
      isBusy={signIn.isBusy}
      failure={refused === undefined ? signIn.failure : null}
      submitLabel="Sign in"
      busyLabel="Checking…"
      onBack={signIn.back}
      alternative={
        isExpired ? (
          <Button icon={<RotateCw />} onClick={() => signIn.sendCode(formatPhone(sent.phone))}>
            Send a new code
          </Button>
        ) : (
          <ResendButton signIn={signIn} resendAtMs={sent.resendAtMs} />
        )
      }
      onSubmit={(form) => {
        const entered = textOf(new FormData(form), "code");
        setMissing(entered === undefined ? "Enter the code." : undefined);
        if (entered === undefined) return;
        const field = form.elements.namedItem("code");
        // A wrong code is typed over, not corrected.
        if (field instanceof HTMLInputElement) field.select();
        signIn.submitCode(entered);
      }}
    >
      <p role="status" className="text-sm text-pretty">
        {describeSentCode(sent)}
      </p>
      <Field label="Code" isRequired error={missing ?? refused}>
        {(control) => (
          <TextInput
            {...control}
            ref={focusOnMount}
            isCode
            name="code"
            autoComplete="one-time-code"
            inputMode={sent.sentBy === "email" ? "text" : "numeric"}
            maxLength={40}
            readOnly={signIn.isBusy}
            className="max-w-40"
          />
        )}
      </Field>
    </StepForm>
  );
}

function ResendButton({ signIn, resendAtMs }: { signIn: TelegramSignIn; resendAtMs: number | null }) {
  const nowMs = useNow(SECOND_MS);
  if (resendAtMs === null) return null;
  const leftMs = resendAtMs - nowMs;
  if (leftMs > 0)
    return (
      <p className="tabular text-sm text-fg-muted">
        Another code in <span role="timer">{formatCountdown(leftMs)}</span>
      </p>
    );
  return (
    <Button icon={<RotateCw />} isBusy={signIn.isBusy} onClick={signIn.resendCode}>
      Send another code
    </Button>
  );
}
