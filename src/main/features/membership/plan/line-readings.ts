import type { GroupLines, PeopleLines } from "#shared/contract/membership.ts";
import type { Platform } from "#shared/domain/ids.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import { resolveGroupLines } from "../policy/group-lines.ts";
import { resolvePeopleLines } from "../policy/people-lines.ts";
import { readStoredWorld } from "./stored-world.ts";

/** Who and what is meant by lines that somebody wrote. */
export interface LinesDoor {
  resolvePeople(input: { lines: readonly string[] }): Promise<PeopleLines>;
  /** Among the groups that the newest results of each platform name. */
  resolveGroups(input: { lines: readonly string[]; platforms: readonly Platform[] }): Promise<GroupLines>;
}

export function createLineReadings({ store, team, coverage }: MembershipDeps): LinesDoor {
  return {
    async resolvePeople({ lines }) {
      return resolvePeopleLines(lines, (await team.get()).team);
    },
    async resolveGroups({ lines, platforms }) {
      const { groups } = await readStoredWorld(store.read, coverage);
      const listed = [...groups.values()].map(({ groupKey, platform, groupId, name }) => {
        return { key: groupKey, platform, groupId, name };
      });
      return resolveGroupLines(lines, listed, platforms);
    },
  };
}
