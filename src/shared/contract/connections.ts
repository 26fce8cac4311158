import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { Connection } from "../domain/connection.ts";
import { Failure } from "../domain/failure.ts";
import { ConnectionId } from "../domain/ids.ts";
import { failing, keychainFailures, slackFailures, storeFailures } from "./failures.ts";

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

export const connectionsContract = {
  list: oc.output(z.array(Connection)),
  /** Checks the token with Slack, keeps it in the keychain and adds (or renews) the connection. */
  addSlackToken: oc
    .input(SlackTokenInput)
    .output(Connection)
    .errors(failing("slack/token-kind", ...slackFailures, ...keychainFailures, ...storeFailures)),
  /** Signs in through the browser. Ending the stream early cancels the sign-in. */
  signInSlack: oc.input(SlackOAuthInput).output(eventIterator(OAuthStep)),
  /** Asks the platform whether the connection still works, and what it may do. */
  check: oc
    .input(z.object({ connectionId: ConnectionId }))
    .output(Connection)
    .errors(failing("input/not-found", ...storeFailures)),
  /** Forgets the connection and its secret; with `revoke` also ends the token at the platform. */
  remove: oc
    .input(z.object({ connectionId: ConnectionId, revoke: z.boolean() }))
    .output(z.void())
    .errors(failing("input/not-found", ...slackFailures, ...keychainFailures, ...storeFailures)),
  /** The app manifest to paste into Slack, as JSON text. */
  slackManifest: oc.output(z.object({ json: z.string() })),
  /** Starts the simulated world and connects to it with a sample team. */
  openSandbox: oc
    .output(Connection)
    .errors(failing("sandbox/not-started", ...slackFailures, ...storeFailures)),
};
