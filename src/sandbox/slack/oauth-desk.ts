import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Authorization codes are good for ten minutes and once (docs.slack.dev, checked 2026-11). */
const CODE_LIFE_MS = 10 * 60_000;

/** What an app asked the user for, from the query of the authorize page. */
export interface ConsentRequest {
  readonly redirectUri: string;
  readonly state: string;
  readonly userScopes: readonly string[];
  /** Null when the app does not use PKCE. */
  readonly codeChallenge: string | null;
  readonly challengeMethod: "S256" | "plain";
  /** Which pair of pages and methods: `oauth.v2.access` or `oauth.v2.user.access`. */
  readonly flow: "v2" | "v2_user";
}

interface IssuedCode {
  readonly request: ConsentRequest;
  readonly expiresAtMs: number;
}

/** What a refresh token may be exchanged for. */
export interface RefreshGrant {
  readonly person: number;
  readonly scopes: readonly string[];
}

/** Consent requests waiting for a click, codes waiting to be exchanged, refresh tokens waiting to be used. */
export class OauthDesk {
  readonly #nowMs: () => number;
  readonly #waiting = new Map<string, ConsentRequest>();
  readonly #codes = new Map<string, IssuedCode>();
  readonly #refresh = new Map<string, RefreshGrant>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Remembers a request while its consent page is open; returns the page's id. */
  open(request: ConsentRequest): string {
    const id = randomBytes(12).toString("hex");
    this.#waiting.set(id, request);
    return id;
  }

  /** Takes the request of a consent page; a page can be answered once. */
  take(id: string): ConsentRequest | undefined {
    const request = this.#waiting.get(id);
    this.#waiting.delete(id);
    return request;
  }

  issueCode(request: ConsentRequest): string {
    const code = `${randomBytes(5).readUIntBE(0, 5)}.${randomBytes(5).readUIntBE(0, 5)}.${randomBytes(32).toString("hex")}`;
    this.#codes.set(code, { request, expiresAtMs: this.#nowMs() + CODE_LIFE_MS });
    return code;
  }

  /** Takes a code; undefined when unknown, used or too old. */
  takeCode(code: string): ConsentRequest | undefined {
    const issued = this.#codes.get(code);
    this.#codes.delete(code);
    return issued && this.#nowMs() < issued.expiresAtMs ? issued.request : undefined;
  }

  issueRefreshToken(grant: RefreshGrant): string {
    const token = `xoxe-1-${randomBytes(36).toString("base64url")}`;
    this.#refresh.set(token, grant);
    return token;
  }

  /** Takes a refresh token; each works once. */
  takeRefreshToken(token: string): RefreshGrant | undefined {
    const grant = this.#refresh.get(token);
    this.#refresh.delete(token);
    return grant;
  }
}

/** Whether a verifier fits the challenge of the request (RFC 7636, section 4.6). */
export function verifierFits(request: ConsentRequest, verifier: string): boolean {
  if (request.codeChallenge === null) return verifier === "";
  const derived =
    request.challengeMethod === "plain"
      ? verifier
      : createHash("sha256").update(verifier).digest("base64url");
  const [left, right] = [Buffer.from(derived), Buffer.from(request.codeChallenge)];
  return left.length === right.length && timingSafeEqual(left, right);
}
