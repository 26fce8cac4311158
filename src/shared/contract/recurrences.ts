import { oc } from "@orpc/contract";
import { z } from "zod";
import { OperationId } from "../domain/operation.ts";
import { Recurrence, RecurrenceDraft, RecurrenceId, RepeatableRequest } from "../domain/recurrence.ts";
import { failing, storeFailures } from "./failures.ts";

/** Operations that are planned again and again. */
export const recurrencesContract = {
  /** In alphabetical order of their names. */
  listRecurrences: oc.output(z.array(Recurrence)),
  /** `id` null for a new one. `membership/not-recurring` for what cannot be repeated, or not without being looked at. */
  saveRecurrence: oc
    .input(RecurrenceDraft.extend({ id: RecurrenceId.nullable() }))
    .output(Recurrence)
    .errors(
      failing(
        "input/not-found",
        "input/schedule-invalid",
        "input/name-taken",
        "membership/not-recurring",
        ...storeFailures,
      ),
    ),
  /** What an operation was planned from, to repeat it. */
  requestOf: oc
    .input(z.object({ operationId: OperationId }))
    .output(RepeatableRequest)
    .errors(failing("input/not-found")),
  /** The operations that it planned stay. */
  removeRecurrence: oc
    .input(z.object({ id: RecurrenceId }))
    .output(z.void())
    .errors(failing("input/not-found", ...storeFailures)),
  /** Takes a turn now, whether it is on or off; its next time stays. */
  runRecurrence: oc
    .input(z.object({ id: RecurrenceId }))
    .output(z.void())
    .errors(failing("input/not-found", ...storeFailures)),
};
