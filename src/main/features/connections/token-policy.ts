import { failure, type Failure } from "#shared/domain/failure.ts";

/** Beginnings of Slack tokens that are no user's: bot, app, configuration, refresh, workflow (docs, 2026-11). */
const OTHER_KINDS = /^(xoxb-|xapp-|xoxa-|xoxr-|xoxe-|xoxe\.xoxb-|xwfp-)/;

/**
 * Why a pasted token is not even worth asking Slack about; null when it is. A token that is clearly of another kind
 * is not sent anywhere, and one with characters that no token has could not be sent at all.
 */
export function decideTokenRefusal(token: string): Failure | null {
  if (!/^[\x21-\x7e]+$/.test(token)) return failure("slack/token-invalid");
  if (OTHER_KINDS.test(token)) return failure("slack/token-kind");
  return null;
}
