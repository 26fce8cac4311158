import type { ScopeStatus } from "#shared/domain/connection.ts";
import { failure, type Failure, type FailureFacts } from "#shared/domain/failure.ts";

/**
 * Every permission Muster asks of a Slack app, and nothing it has no use for yet. All are user scopes.
 * Source: the "Scopes" of each method under docs.slack.dev/reference/methods (checked 2026-11).
 */
const SLACK_SCOPES: readonly Omit<ScopeStatus, "granted">[] = [
  { scope: "channels:read", need: "needed", purpose: "List public channels and see who is in them." },
  {
    scope: "groups:read",
    need: "needed",
    purpose: "List the private channels you are in and see who is in them.",
  },
  {
    scope: "users:read",
    need: "needed",
    purpose: "Put names to Slack ids, and tell guests, bots and people who left.",
  },
  {
    scope: "users:read.email",
    need: "useful",
    purpose: "Find team members by their e-mail address, so that nobody has to look up Slack ids.",
  },
  {
    scope: "channels:write",
    need: "useful",
    purpose: "Add and remove people, rename and create public channels: only as you plan and confirm it.",
  },
  {
    scope: "groups:write",
    need: "useful",
    purpose: "The same for private channels you are in.",
  },
  {
    scope: "chat:write",
    need: "useful",
    purpose:
      "Post what an audit found where you ask for it on the Schedules screen, and the messages of an operation that you confirm; nothing else is ever posted.",
  },
  {
    scope: "im:write",
    need: "useful",
    purpose: "Write to a colleague directly, as when you ask the owner of a channel for help.",
  },
  {
    scope: "pins:write",
    need: "useful",
    purpose: "Pin the welcome message in a channel that you have created.",
  },
];

/** What a sign-in asks for. */
export const REQUESTED_SLACK_SCOPES: readonly string[] = SLACK_SCOPES.map(({ scope }) => scope);

/** Every scope with its purpose, in a fixed order, and whether the token has it. */
export function describeScopes(granted: readonly string[]): ScopeStatus[] {
  return SLACK_SCOPES.map((known) => ({ ...known, granted: granted.includes(known.scope) }));
}

/** Why an audit cannot run on a token with these scopes: `slack/missing-scope`, naming all it lacks; null when it can. */
export function decideAuditRefusal(granted: readonly string[]): Failure | null {
  const missing = describeScopes(granted).filter(({ need, granted }) => need === "needed" && !granted);
  if (missing.length === 0) return null;
  const needed = missing.map(({ scope }) => scope).join(",");
  return failure("slack/missing-scope", { needed, provided: granted.join(",") }, `Needed: ${needed}.`);
}

/**
 * The scopes of a token of which these were recorded, by what Slack said when it refused a call for want of one: it names
 * what the token has (`provided`), and what it would have taken (`needed`). Null when that is what was recorded.
 */
export function grantedAfter(granted: readonly string[], { facts }: Pick<Failure, "facts">): string[] | null {
  const provided = listOf(facts["provided"]);
  const needed = listOf(facts["needed"]);
  const now = provided.length > 0 ? provided : granted.filter((scope) => !needed.includes(scope));
  const isSame = now.length === granted.length && now.every((scope) => granted.includes(scope));
  return isSame ? null : now;
}

/** Slack separates them by commas. */
function listOf(fact: FailureFacts[string] | undefined): string[] {
  if (Array.isArray(fact)) return fact;
  return typeof fact === "string" ? [...new Set(fact.split(/[\s,]+/u).filter(Boolean))] : [];
}
