import { Badge } from "#renderer/ui/badge.tsx";
import type { MemberStatus } from "#shared/domain/team.ts";
import { statusWords } from "./identity-words.ts";

/** How a member counts; the usual stays quiet. */
export function MemberStatusMark({ status }: { status: MemberStatus }) {
  const { label, tone } = statusWords[status];
  if (status === "active") return <span className="text-fg-muted">{label}</span>;
  return <Badge tone={tone}>{label}</Badge>;
}
