import type { Identity, IdentityState, TeamMember } from "#shared/domain/team.ts";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import { Section } from "#renderer/ui/section.tsx";

const STATE_WORDS: Readonly<Record<IdentityState, string>> = {
  unresolved: "Not looked up yet",
  resolved: "Found",
  "not-found": "Not found",
  ambiguous: "Several fit",
  deactivated: "Deactivated",
};

/** Under which accounts a person is looked for. */
export function PersonIdentities({ member }: { member: TeamMember | null }) {
  return (
    <Section title="Accounts">
      {member === null ? (
        <p className="text-sm text-fg-muted">This person has left the team.</p>
      ) : member.identities.length === 0 ? (
        <p className="text-sm text-fg-muted">No account is recorded.</p>
      ) : (
        <ul className="space-y-2">
          {member.identities.map((identity) => (
            <li key={JSON.stringify(identity)} className="flex items-start gap-2 text-sm">
              <span className="pt-0.5">
                <PlatformMark platform={identity.platform} />
              </span>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{nameOf(identity)}</span>
                <span className="block text-xs break-all text-fg-muted">
                  {[identity.userId, identity.workspaceId].filter(Boolean).join(" in ")}
                </span>
              </span>
              <span
                className={
                  identity.state === "resolved" || identity.state === "unresolved"
                    ? "text-xs text-fg-muted"
                    : "text-xs text-warn-fg"
                }
              >
                {STATE_WORDS[identity.state]}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function nameOf({ username, userId }: Identity): string {
  return username === null ? (userId ?? "No id yet") : `@${username}`;
}
