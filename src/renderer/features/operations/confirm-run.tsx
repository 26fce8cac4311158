import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";
import type { OperationDetail } from "#shared/domain/operation.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { planAgain } from "./plan-operation.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { formatCount } from "#renderer/ui/format.ts";
import { Field } from "#renderer/ui/field.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { confirmWords } from "./operation-words.ts";
import { costWords, endsAfterMs } from "./plan-costs.ts";
import { whenWords } from "./when-words.ts";

/** The last question before anything is changed; removals have to be typed. */
export function ConfirmRun({ operation, onClose }: { operation: OperationDetail; onClose: () => void }) {
  const { id: operationId, typedConfirmation: wanted, kind, counts } = operation;
  const [typed, setTyped] = useState("");
  const nowMs = useNow(MINUTE_MS);
  const confirm = useMutation({
    mutationFn: () =>
      client.membership.confirm({ operationId, typed: wanted === null ? null : typed.trim() }),
    onSuccess: (detail) => {
      queryClient.setQueryData(orpc.membership.get.queryKey({ input: { operationId } }), detail);
      void queryClient.invalidateQueries({ queryKey: orpc.membership.list.key() });
      onClose();
    },
  });
  const words = confirmWords(kind, counts.planned);
  const durationMs = endsAfterMs(operation.costs);
  const isComplete = wanted === null || typed.trim() === wanted;
  const failure = confirm.error ? toFailure(confirm.error) : null;
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`${words}?`}
      description={
        <>
          {costsWords(operation)}Takes {durationMs < SECOND_MS ? "" : "about "}
          {costWords(durationMs)} and would end at {whenWords(nowMs + durationMs, nowMs)}. You can cancel at
          any time; what was done by then{" "}
          {kind === "create" || kind === "message" ? "stays" : "can be undone"}.
          {operation.needsApproval ? " A second person has to approve it before it runs." : ""}
        </>
      }
      confirmLabel={words}
      isDangerous={kind === "remove"}
      isBusy={confirm.isPending}
      isIncomplete={!isComplete}
      onConfirm={() => confirm.mutate()}
    >
      {failure || wanted !== null ? (
        <div className="space-y-3">
          {failure ? (
            <ErrorNotice
              error={failure}
              action={
                failure.code === "membership/plan-too-old" ? (
                  <Button onClick={() => void planAgain(operationId)}>Plan again</Button>
                ) : undefined
              }
            />
          ) : null}
          {wanted === null ? null : (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                if (isComplete) confirm.mutate();
              }}
            >
              <Field
                label={`Type “${wanted}” to confirm`}
                hint="So that nobody is removed by a slip of the finger."
                isRequired
              >
                {(control) => (
                  <TextInput
                    {...control}
                    data-initial-focus
                    isCode
                    value={typed}
                    maxLength={300}
                    onChange={(event) => setTyped(event.target.value)}
                  />
                )}
              </Field>
            </form>
          )}
        </div>
      ) : null}
    </ConfirmDialog>
  );
}

/** What is shown may be narrowed to one platform; what is run is not. Nothing where one connection does it all. */
function costsWords({ costs }: OperationDetail): string {
  const shares = costs.filter(({ steps }) => steps > 0);
  if (shares.length < 2) return "";
  return `${shares.map(({ label, steps }) => `${formatCount(steps)} by ${label}`).join(", ")}. `;
}
