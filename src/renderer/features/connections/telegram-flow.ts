import type { ShownFailure } from "#renderer/api/to-failure.ts";
import type { TelegramSignInStep } from "#shared/domain/connection.ts";

type CodeStep = Extract<TelegramSignInStep, { step: "code" }>;

/** What the operator is asked just now. */
export type FlowStage =
  /** The application's id and hash. */
  | { readonly at: "app" }
  /** Going on with an application that is known already. */
  | { readonly at: "starting" }
  | { readonly at: "phone"; readonly phone: string }
  | { readonly at: "code"; readonly sent: CodeStep }
  | { readonly at: "password"; readonly hint: string | null }
  /** Null until Telegram has given the code to show. */
  | { readonly at: "qr"; readonly shown: { readonly link: string; readonly expiresAtMs: number } | null };

/** The stage that a step of the main process leads to; null for `done`. */
export function stageOf(step: TelegramSignInStep): FlowStage | null {
  switch (step.step) {
    case "phone":
      return { at: "phone", phone: "" };
    case "code":
      return { at: "code", sent: step };
    case "password":
      return { at: "password", hint: step.hint };
    case "qr":
      return { at: "qr", shown: { link: step.link, expiresAtMs: step.expiresAtMs } };
    case "done":
      return null;
  }
}

/** Where one gets with “Back”; null where there is nothing before. A code that was sent is given up with it. */
export function stageBefore(stage: FlowStage): FlowStage | null {
  switch (stage.at) {
    case "app":
    case "starting":
      return null;
    case "phone":
      return { at: "app" };
    case "code":
      return { at: "phone", phone: formatPhone(stage.sent.phone) };
    case "password":
    case "qr":
      return { at: "phone", phone: "" };
  }
}

/** What belongs to the field that was filled in; anything else is told below the form. */
const FIELD_FAILURES: Readonly<Record<string, FlowStage["at"]>> = {
  "telegram/phone-invalid": "phone",
  "telegram/code-invalid": "code",
  "telegram/code-expired": "code",
  "telegram/password-invalid": "password",
};

/** The words for the field at this stage, if the failure is about it. */
export function fieldProblemOf(stage: FlowStage, failure: ShownFailure | null): string | undefined {
  if (!failure || FIELD_FAILURES[failure.code] !== stage.at) return undefined;
  return `${failure.message} ${failure.todo}`;
}

/** When Telegram lets the operator go on; null when the failure is no wait. */
export function waitEndOf(failure: ShownFailure | null): number | null {
  const untilMs = failure?.code === "telegram/flood-wait" ? failure.facts["untilMs"] : null;
  return typeof untilMs === "number" ? untilMs : null;
}

const SENT_BY: Readonly<Record<CodeStep["sentBy"], string>> = {
  app: "Telegram sent a code to the app on your other devices.",
  sms: "Telegram sent a code as a text message.",
  call: "Telegram calls you and says the code.",
  email: "Telegram sent a code to your e-mail address.",
  other: "Telegram sent a code.",
};

/** Where the code is to be looked for. */
export function describeSentCode({ sentBy, phone, length }: CodeStep): string {
  const size = length === null ? "" : `, ${length} characters long`;
  return `${SENT_BY[sentBy]} It is for ${formatPhone(phone)}${size}.`;
}

/** Telegram writes numbers without the plus that everybody else writes them with. */
export function formatPhone(phone: string): string {
  return /^\d/.test(phone) ? `+${phone}` : phone;
}
