import type { RunGroupRow } from "#main/store/queries/coverage-evidence.ts";
import { assert } from "#shared/lib/assert.ts";
import type { AskedGroup } from "../sources/coverage-source.ts";

/** A stored Telegram group as calls name it. */
export function askedGroup({ groupId, kind }: Pick<RunGroupRow, "groupId" | "kind">): AskedGroup {
  assert(kind !== null, `the Telegram group ${groupId} was stored without its kind`);
  return { groupId, kind };
}

/** The connected account is an admin, or the owner: no member list is hidden from it. */
export function isAdminOf({ ownRight }: Pick<RunGroupRow, "ownRight">): boolean {
  return ownRight !== null && ownRight !== "member";
}
