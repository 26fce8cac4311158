import type { OperationState, StepAction } from "#shared/domain/operation.ts";

/** Confirmed and not at its end. */
const AT_WORK: readonly OperationState[] = ["running", "waiting", "paused"];

/** Planned by somebody who may still want it, or at work: what another plan should know of. */
export const UNFINISHED: readonly OperationState[] = ["planned", "awaiting-approval", ...AT_WORK];

/** What there is a way back from; a group that was made and a message that was sent stay. */
export const UNDOABLE: readonly StepAction[] = ["add", "remove", "rename", "show-history", "hide-history"];
