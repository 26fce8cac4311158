import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { Connection, TelegramServerAddress, TelegramSignInStep } from "../domain/connection.ts";
import { Failure } from "../domain/failure.ts";
import { ConnectionId } from "../domain/ids.ts";
import { failing, keychainFailures, slackFailures, storeFailures, telegramFailures } from "./failures.ts";

/** Another base URL than Slack's own; used by the sandbox and by tests. */
const ApiUrl = z.url({ protocol: /^https?$/ }).max(500);

export const SlackTokenInput = z.object({
  token: z.string().trim().min(1).max(500),
  apiUrl: ApiUrl.optional(),
});

export const SlackOAuthInput = z.object({
  clientId: z.string().trim().min(1).max(200),
  apiUrl: ApiUrl.optional(),
  /** The page the browser opens; Slack's own unless given. */
  authorizeUrl: ApiUrl.optional(),
});

/** Steps of a browser sign-in, in order; the stream ends after `done` or `failed`. */
export const OAuthStep = z.discriminatedUnion("step", [
  z.object({ step: z.literal("browser-opened"), url: z.string(), expiresAtMs: z.number().int() }),
  z.object({ step: z.literal("exchanging") }),
  z.object({ step: z.literal("done"), connection: Connection }),
  z.object({ step: z.literal("failed"), failure: Failure }),
]);
export type OAuthStep = z.infer<typeof OAuthStep>;

/** One Telegram sign-in under way; forgotten when it is done, cancelled, or left alone for half an hour. */
export const SignInId = z.string().min(1).max(100).brand<"SignInId">();
export type SignInId = z.infer<typeof SignInId>;

/** The application that signs in, and where. */
export const TelegramSignInInput = z.discriminatedUnion("app", [
  z.object({
    app: z.literal("given"),
    apiId: z.number().int().min(1).max(2_147_483_647),
    /** A secret. */
    apiHash: z.string().trim().min(1).max(200),
    /** Another server than Telegram's own. */
    server: TelegramServerAddress.optional(),
  }),
  /** The same application and server as a connection that was signed in before. */
  z.object({ app: z.literal("known"), connectionId: ConnectionId }),
]);
export type TelegramSignInInput = z.infer<typeof TelegramSignInInput>;

/** Steps of a sign-in by QR code; the stream ends after `password`, `done` or `failed`. */
export const TelegramQrStep = z.discriminatedUnion("step", [
  ...TelegramSignInStep.options,
  z.object({ step: z.literal("failed"), failure: Failure }),
]);
export type TelegramQrStep = z.infer<typeof TelegramQrStep>;

const signInFailures = [
  "input/not-found",
  "telegram/phone-invalid",
  "telegram/code-invalid",
  "telegram/code-expired",
  "telegram/password-invalid",
  ...telegramFailures,
  ...keychainFailures,
  ...storeFailures,
] as const;

/** The next step, or a failure after which the same step can be tried again. */
const nextStep = oc.output(TelegramSignInStep).errors(failing(...signInFailures));

/**
 * A sign-in to Telegram: `begin`, then a phone number and its code (or a QR code), then the cloud password where the
 * account has one. Going back is giving another phone number. Phone number, code and password are kept nowhere.
 */
const telegramSignInContract = {
  begin: oc
    .input(TelegramSignInInput)
    .output(z.object({ signInId: SignInId, step: TelegramSignInStep }))
    .errors(failing("input/not-found", ...telegramFailures, ...keychainFailures)),
  sendCode: nextStep.input(z.object({ signInId: SignInId, phone: z.string().trim().min(1).max(40) })),
  resendCode: nextStep.input(z.object({ signInId: SignInId })),
  submitCode: nextStep.input(z.object({ signInId: SignInId, code: z.string().trim().min(1).max(40) })),
  /** Blanks at either end belong to the password. */
  submitPassword: nextStep.input(z.object({ signInId: SignInId, password: z.string().min(1).max(1_000) })),
  /** Signs in by a QR code that a signed-in phone scans. Ending the stream early leaves the sign-in at its phone step. */
  watchQr: oc.input(z.object({ signInId: SignInId })).output(eventIterator(TelegramQrStep)),
  /** Ends a sign-in and forgets it. Harmless on one that has ended. */
  cancel: oc.input(z.object({ signInId: SignInId })).output(z.void()),
};

export const connectionsContract = {
  list: oc.output(z.array(Connection)),
  /** Checks the token with Slack, keeps it in the keychain and adds (or renews) the connection. */
  addSlackToken: oc
    .input(SlackTokenInput)
    .output(Connection)
    .errors(failing("slack/token-kind", ...slackFailures, ...keychainFailures, ...storeFailures)),
  /** Signs in through the browser. Ending the stream early cancels the sign-in. */
  signInSlack: oc.input(SlackOAuthInput).output(eventIterator(OAuthStep)),
  telegramSignIn: telegramSignInContract,
  /** Asks the platform whether the connection still works, and what it may do. */
  check: oc
    .input(z.object({ connectionId: ConnectionId }))
    .output(Connection)
    .errors(failing("input/not-found", "telegram/flood-wait", ...storeFailures)),
  /** Forgets the connection and its secret; with `revoke` also ends the token or session at the platform. */
  remove: oc
    .input(z.object({ connectionId: ConnectionId, revoke: z.boolean() }))
    .output(z.void())
    .errors(
      failing(
        "input/not-found",
        ...slackFailures,
        ...telegramFailures,
        ...keychainFailures,
        ...storeFailures,
      ),
    ),
  /** The app manifest to paste into Slack, as JSON text. */
  slackManifest: oc.output(z.object({ json: z.string() })),
  /** Starts the simulated world and connects to it with a sample team. */
  openSandbox: oc
    .output(Connection)
    .errors(failing("sandbox/not-started", ...slackFailures, ...storeFailures)),
};
