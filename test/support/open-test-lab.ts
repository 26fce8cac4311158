import { onTestFinished } from "vitest";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { Clock } from "#shared/lib/time.ts";
import { type CoverageLab, type LabConnection, openCoverageLab } from "./coverage-lab.ts";
import type { ScriptedChat } from "./scripted-telegram.ts";

/** A lab for the running test, stopped with its store when the test ends. */
export async function openTestLab(
  connections: readonly LabConnection[],
  team: TeamAndRules,
  options: { readonly clock?: Clock } = {},
): Promise<CoverageLab> {
  const lab = await openCoverageLab({ connections, teamAndRules: () => team, ...options });
  onTestFinished(async () => {
    await lab.stop();
    await lab.store.close();
  });
  return lab;
}

/** A scripted group whose name makes it a customer's; `members` are ids with blanks between them. */
export function customerChat(id: string, members: string, rest: Partial<ScriptedChat> = {}): ScriptedChat {
  return { id, title: `${id} bitsafe`, members: members.split(" "), ...rest };
}
