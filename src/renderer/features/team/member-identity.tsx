import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import { Tooltip } from "#renderer/ui/tooltip.tsx";
import type { Platform } from "#shared/domain/ids.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { identityWords, platformNames } from "./identity-words.ts";

const icons = {
  ok: <CircleCheck aria-hidden="true" className="size-3.5 shrink-0 text-ok-fg" />,
  neutral: <CircleDashed aria-hidden="true" className="size-3.5 shrink-0 text-fg-faint" />,
  trouble: <CircleAlert aria-hidden="true" className="size-3.5 shrink-0 text-warn-fg" />,
};

/** A member's accounts on one platform, in a cell of the table. */
export function MemberIdentity({ member, platform }: { member: TeamMember; platform: Platform }) {
  const identities = member.identities.filter((identity) => identity.platform === platform);
  const [first] = identities;
  if (!first) return <span className="text-fg-faint">No {platformNames[platform]} account</span>;
  // The one that needs attention stands for all.
  const shown = identities.find(({ state }) => state !== "resolved" && state !== "unresolved") ?? first;
  const words = identityWords[shown.state];
  const icon = words.tone === "ok" ? icons.ok : words.tone === "neutral" ? icons.neutral : icons.trouble;
  return (
    <Tooltip text={words.todo ?? `${words.label}${shown.userId ? `: ${shown.userId}` : ""}`}>
      <span className="flex w-fit max-w-full items-center gap-1.5">
        {icon}
        <span className="truncate">{shown.username ? `@${shown.username}` : shown.userId}</span>
        {words.tone !== "ok" && words.tone !== "neutral" ? (
          <span className="text-xs whitespace-nowrap text-warn-fg">{words.label}</span>
        ) : (
          <span className="sr-only">{words.label}</span>
        )}
        {identities.length > 1 && <span className="text-xs text-fg-muted">+{identities.length - 1}</span>}
      </span>
    </Tooltip>
  );
}
