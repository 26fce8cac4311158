import {
  listDenials,
  listSightingsOfGroup,
  type RunGroupRow,
  type RunPersonRow,
} from "#main/store/queries/coverage-evidence.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import { accountsWantedIn, type TelegramAudit } from "../audit/connection-audit.ts";
import type { ChatEvidence } from "../policy/telegram-proof.ts";
import { isAdminOf } from "./asked-group.ts";

/** What is stored of a group; see `chatEvidence`. */
export async function evidenceOf(
  audit: TelegramAudit,
  group: RunGroupRow,
  accounts: ReadonlyMap<string, RunPersonRow>,
): Promise<ChatEvidence> {
  const seen = new Set(await listSightingsOfGroup(audit.read, audit.runId, group.groupKey));
  const denials = await listDenials(audit.read, audit.runId, { groupKey: group.groupKey });
  return chatEvidence(audit, group, accounts, { seen, denied: new Set(denials.map(({ userId }) => userId)) });
}

/**
 * What is known of a group whose members are being looked for. People who were seen, by any account of theirs, are left
 * out; so are accounts that cannot be asked about.
 */
export function chatEvidence(
  audit: Pick<TelegramAudit, "wanted" | "accountIds">,
  group: RunGroupRow,
  accounts: ReadonlyMap<string, RunPersonRow>,
  { seen, denied }: { readonly seen: ReadonlySet<PersonId>; readonly denied: ReadonlySet<string> },
): ChatEvidence {
  const listedUnseen: string[] = [];
  const unlistedUnseen: string[] = [];
  for (const [userId, personIds] of accountsWantedIn(audit, group)) {
    const account = accounts.get(userId);
    const isKnown = personIds.every((personId) => seen.has(personId)) || denied.has(userId);
    if (isKnown || account === undefined || account.reason !== null) continue;
    if (account.listingComplete) listedUnseen.push(userId);
    else unlistedUnseen.push(userId);
  }
  return {
    kind: group.kind ?? "supergroup",
    memberCount: group.memberCount,
    membersHidden: group.membersHidden,
    isAdmin: isAdminOf(group),
    rosterComplete: group.rosterComplete,
    gap: group.gap,
    unreadable: group.unreadable,
    listedUnseen,
    unlistedUnseen,
  };
}
