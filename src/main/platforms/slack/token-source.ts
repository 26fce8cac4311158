import type { Failure } from "#shared/domain/failure.ts";
import { ok, type Result } from "#shared/lib/result.ts";

/** Where a session gets its token; a token that expires is renewed behind this. */
export interface SlackTokenSource {
  /** The token to use now. */
  getToken(): Promise<Result<string, Failure>>;
  /**
   * Called when Slack says that `expired` has expired; answers with its successor, or with the failure that ends the
   * session (`slack/token-expired` when it cannot be renewed). Several calls may report the same token at once.
   */
  renewToken(expired: string, cause: Failure): Promise<Result<string, Failure>>;
}

/** A token that never changes. */
export function fixedToken(token: string): SlackTokenSource {
  return {
    getToken: () => Promise.resolve(ok(token)),
    renewToken: (_expired, cause) => Promise.resolve({ ok: false, error: cause }),
  };
}
