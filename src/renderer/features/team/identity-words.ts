import type { Tone } from "#renderer/ui/badge.tsx";
import type { Connection } from "#shared/domain/connection.ts";
import type { Platform } from "#shared/domain/ids.ts";
import type { Identity, IdentityState, MemberStatus, TeamMember } from "#shared/domain/team.ts";

export const platformNames: Record<Platform, string> = { slack: "Slack", telegram: "Telegram" };

export const statusWords: Record<MemberStatus, { label: string; tone: Tone; hint: string }> = {
  active: { label: "Active", tone: "ok", hint: "Counts as required wherever the rules require them." },
  optional: {
    label: "Optional",
    tone: "neutral",
    hint: "Counts as optional wherever the rules ask for them.",
  },
  inactive: { label: "Inactive", tone: "warn", hint: "Is asked for nowhere." },
};

/** What the platform last said about an identity, and what the operator does about it. */
export const identityWords: Record<IdentityState, { label: string; tone: Tone; todo: string | null }> = {
  resolved: { label: "Resolved", tone: "ok", todo: null },
  unresolved: { label: "Not looked up", tone: "neutral", todo: "Resolve identities to look it up." },
  "not-found": { label: "Not found", tone: "danger", todo: "Nobody there has this name or id: correct it." },
  ambiguous: {
    label: "Ambiguous",
    tone: "warn",
    todo: "Several people have this name: enter the user id of the right one.",
  },
  deactivated: {
    label: "Deactivated",
    tone: "warn",
    todo: "The account was closed: remove it, or make the member inactive.",
  },
};

/** An identity as it begins. */
export function emptyIdentity(platform: Platform): Identity {
  return {
    platform,
    workspaceId: null,
    userId: null,
    username: null,
    state: "unresolved",
    checkedAtMs: null,
  };
}

/** The identity with other particulars; whoever it names now has not been looked up yet. */
export function changeIdentity(
  identity: Identity,
  changed: Partial<Pick<Identity, "platform" | "workspaceId" | "userId" | "username">>,
): Identity {
  return { ...identity, ...changed, state: "unresolved", checkedAtMs: null };
}

/** What a person typed as a handle: without spaces around it and without a leading `@`; null when empty. */
export function parseHandle(text: string): string | null {
  const handle = text.trim().replace(/^@/, "");
  return handle === "" ? null : handle;
}

/** A member's identities that the operator must do something about. */
export function findTroubled(member: TeamMember): Identity[] {
  return member.identities.filter(({ state }) => state !== "resolved" && state !== "unresolved");
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
}

/** The connected workspaces by name, each once, and those an identity names that are not connected. */
export function listWorkspaces(
  connections: readonly Connection[],
  identities: readonly Identity[],
): Workspace[] {
  const known = connections.flatMap(({ workspaceId, label }): Workspace[] =>
    workspaceId === null ? [] : [{ id: workspaceId, name: label }],
  );
  const named = identities.flatMap(({ workspaceId }): Workspace[] =>
    workspaceId === null ? [] : [{ id: workspaceId, name: `${workspaceId} (not connected)` }],
  );
  // The last of an id wins, so the names of connected workspaces do.
  return [...new Map([...named, ...known].map((workspace) => [workspace.id, workspace])).values()].sort(
    (a, b) => a.name.localeCompare(b.name, "en"),
  );
}
