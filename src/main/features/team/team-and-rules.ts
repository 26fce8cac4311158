import { findRules, listMembers } from "#main/store/queries/team.ts";
import type { Reader } from "#main/store/store.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import { defaultRules } from "./policy/rules.ts";

/** Team and rules as they are; the default rules until some were saved. */
export async function readTeamAndRules(db: Reader): Promise<TeamAndRules> {
  const [team, rules] = [await listMembers(db), await findRules(db)];
  return { team, rules: rules ?? defaultRules() };
}
