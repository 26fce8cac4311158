import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** What one sign-in keeps to itself until the end (RFC 7636). */
export interface Challenge {
  /** Comes back with the browser; proves that the answer belongs to this sign-in. */
  readonly state: string;
  /** Proves to Slack that whoever brings the code is who asked for it; never leaves this process before that. */
  readonly codeVerifier: string;
  /** The verifier's SHA-256, which the browser carries. */
  readonly codeChallenge: string;
}

export function createChallenge(): Challenge {
  const codeVerifier = randomBytes(48).toString("base64url");
  return {
    state: randomBytes(32).toString("base64url"),
    codeVerifier,
    codeChallenge: createHash("sha256").update(codeVerifier).digest("base64url"),
  };
}

/** Compares in constant time: how long it takes tells nothing about how much was right. */
export function isSameState(expected: string, given: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}
