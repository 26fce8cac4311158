import type { PreviewedName } from "#shared/contract/membership.ts";
import type { DraftStep } from "./draft-step.ts";

/**
 * What the drafted steps of a renaming come to, each group once: those that cannot be renamed first, then in the order of
 * the steps. A group that has another name for a moment is shown with its last. Names that stay are left out.
 */
export function previewOf(steps: readonly DraftStep[]): PreviewedName[] {
  const names = new Map<string, PreviewedName>();
  for (const [at, step] of steps.entries()) {
    if (step.state === "already-so") continue;
    const { groupKey, groupName, failure: problem } = step;
    // A line of a mapping that names no group is a thing of its own.
    const key = groupKey ?? `line ${at}`;
    const before = names.get(key)?.before ?? step.before ?? groupName;
    names.set(key, {
      groupKey,
      groupName,
      platform: groupKey === null ? null : step.platform,
      before,
      after: step.after ?? "",
      problem,
    });
  }
  const all = [...names.values()];
  return [...all.filter(({ problem }) => problem !== null), ...all.filter(({ problem }) => problem === null)];
}
