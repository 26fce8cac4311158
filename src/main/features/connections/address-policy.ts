import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

/** 127.0.0.0/8, ::1 and the name for them; a name that only begins like one is not among them. */
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

/**
 * Whether a token may be sent to an address: over https, or over http when it does not leave this computer. Answers
 * with the address in its normal form, and refuses one that holds a user, a query or a fragment, because an address
 * is shown and logged.
 */
export function decideAddress(text: string): Result<string, Failure> {
  const url = URL.parse(text);
  if (!url) return err(refusal("It is no web address."));
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK.test(url.hostname))) {
    return err(refusal("A token is only sent over https, or to this computer itself."));
  }
  if (url.username || url.password || url.search || url.hash) {
    return err(refusal("It may not hold a user name, a query or a fragment."));
  }
  return ok(url.href);
}

/** The same for the base address of an API, which ends with a slash. */
export function decideApiUrl(text: string): Result<string, Failure> {
  const address = decideAddress(text);
  return address.ok && !address.value.endsWith("/") ? ok(`${address.value}/`) : address;
}

/** Where the consent page of an API is: Slack's, and servers that answer like it, have it beside the API. */
export function authorizeUrlOf(apiUrl: string): string {
  return new URL("/oauth/v2/authorize", apiUrl).href;
}

function refusal(detail: string): Failure {
  const refused = failure("network/unreachable", { reason: "address-refused" }, detail);
  return { ...refused, todo: "Correct the address." };
}
