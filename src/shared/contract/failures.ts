import { z } from "zod";
import { failureCatalogue } from "../domain/failure-catalogue.ts";
import { type FailureCode, Failure } from "../domain/failure.ts";

/** Data sent with every failure: the whole `Failure`. */
const failureData = z.object({ failure: Failure });

type FailureErrorMap<Code extends FailureCode> = Record<
  Code,
  { status: number; message: string; data: typeof failureData }
>;

/** The error part of a procedure's signature: the failures it may answer with, each under its own code. */
export function failing<Code extends FailureCode>(...codes: Code[]): FailureErrorMap<Code> {
  return Object.fromEntries(
    codes.map((code) => [code, { status: 422, message: failureCatalogue[code].when, data: failureData }]),
  ) as FailureErrorMap<Code>;
}

/** Failures any procedure that writes can meet. */
export const storeFailures = ["store/disk-full", "store/read-only"] as const;

/** Failures any procedure that talks to Slack can meet. */
export const slackFailures = [
  "slack/account-inactive",
  "slack/token-expired",
  "slack/token-revoked",
  "slack/token-invalid",
  "slack/missing-scope",
  "slack/not-allowed",
  "slack/rate-limited",
  "slack/refused",
  "slack/bad-answer",
  "network/unreachable",
  "network/timed-out",
] as const;

/** Failures any procedure that talks to Telegram can meet. */
export const telegramFailures = [
  "telegram/session-revoked",
  "telegram/account-deactivated",
  "telegram/app-invalid",
  "telegram/flood-wait",
  "telegram/refused",
  "telegram/bad-answer",
  "network/unreachable",
  "network/timed-out",
] as const;

/** Failures any procedure that needs a secret can meet. */
export const keychainFailures = [
  "keychain/locked",
  "keychain/unavailable",
  "keychain/secret-missing",
] as const;
