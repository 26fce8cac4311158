import type { Platform } from "#shared/domain/ids.ts";
import type { OperationStep, StepState } from "#shared/domain/operation.ts";
import { shownState } from "./operation-words.ts";

/** What the table of steps is narrowed to. */
export interface StepFilter {
  /** Null for every state. */
  readonly state: StepState | null;
  readonly search: string;
  readonly platforms: readonly Platform[];
}

/** The steps that fit, in their order. The search looks at group, person and names, without regard to case. */
export function visibleSteps(
  steps: readonly OperationStep[],
  { state, search, platforms }: StepFilter,
): readonly OperationStep[] {
  const words = search.trim().toLocaleLowerCase();
  return steps.filter(
    (step) =>
      (state === null || shownState(step) === state) &&
      (platforms.length === 0 || platforms.includes(step.platform)) &&
      (words === "" ||
        [step.groupName, step.personName, step.before, step.after].some((text) =>
          text?.toLocaleLowerCase().includes(words),
        )),
  );
}

/** How many steps there are of each state, as they are shown. */
export function countStates(steps: readonly OperationStep[]): Readonly<Record<StepState, number>> {
  const counts = {
    planned: 0,
    acting: 0,
    done: 0,
    "already-so": 0,
    refused: 0,
    failed: 0,
    unclear: 0,
    skipped: 0,
  };
  for (const step of steps) counts[shownState(step)] += 1;
  return counts;
}
