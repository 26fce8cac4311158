import { failure, type Failure } from "#shared/domain/failure.ts";
import type { Platform } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

/**
 * Slack: up to 80 lower-case letters of any script, digits, hyphens and underscores, and not only punctuation
 * (docs.slack.dev, conversations.create and conversations.rename, errors `invalid_name_*`; checked 2026-11).
 */
const SLACK_NAME_MAX = 80;
const SLACK_ALLOWED = /^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]+$/u;
const SLACK_SUBSTANCE = /[\p{L}\p{N}]/u;

/** Telegram: 1 to 128 characters (core.telegram.org/constructor/config and the clients' own forms; checked 2026-11). */
const TELEGRAM_NAME_MAX = 128;

/** Line breaks and other control characters, and marks that turn the direction of what follows. */
const UNSEEMLY = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/**
 * The name a group will have when it is asked to be called `wanted`: on Slack without the `#`, in lower case and with
 * hyphens for blanks, as Slack itself would change it, so that the operator sees it beforehand. `slack/name-invalid`,
 * `telegram/name-invalid` with the reason for what cannot be a name.
 */
export function nameOn(platform: Platform, wanted: string): Result<string, Failure> {
  const composed = wanted.normalize("NFC").trim();
  return platform === "slack" ? slackName(composed) : telegramName(composed);
}

function slackName(composed: string): Result<string, Failure> {
  const name = composed.replace(/^#/u, "").toLowerCase().replaceAll(/\s+/gu, "-");
  const refuse = (why: string) => err(failure("slack/name-invalid", { name: shorten(name) }, why));
  if (name === "") return refuse("It would be empty.");
  const length = [...name].length;
  if (length > SLACK_NAME_MAX) return refuse(`It has ${length} characters.`);
  if (!SLACK_ALLOWED.test(name)) {
    const odd = [...name].find((symbol) => !SLACK_ALLOWED.test(symbol)) ?? "";
    return refuse(UNSEEMLY.test(odd) ? "It holds a control character." : `It holds “${odd}”.`);
  }
  return SLACK_SUBSTANCE.test(name) ? ok(name) : refuse("It holds no letter and no digit.");
}

function telegramName(name: string): Result<string, Failure> {
  const refuse = (why: string) => err(failure("telegram/name-invalid", { name: shorten(name) }, why));
  if (name === "") return refuse("It would be empty.");
  const length = [...name].length;
  if (length > TELEGRAM_NAME_MAX) return refuse(`It has ${length} characters.`);
  return UNSEEMLY.test(name) ? refuse("It holds a line break or another control character.") : ok(name);
}

/** A name that is far too long is not repeated at its length. */
function shorten(name: string): string {
  const symbols = [...name];
  return symbols.length > TELEGRAM_NAME_MAX ? `${symbols.slice(0, TELEGRAM_NAME_MAX).join("")}…` : name;
}
