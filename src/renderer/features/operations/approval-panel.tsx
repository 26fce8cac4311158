import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { OperationId } from "#shared/domain/operation.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { copyAndTell } from "#renderer/ui/copy-and-tell.ts";
import { Field } from "#renderer/ui/field.tsx";
import { TextArea } from "#renderer/ui/text-area.tsx";

/** Where an operation gets a colleague's word: the request to send them, and the place for their answer. */
export function ApprovalPanel({ operationId }: { operationId: OperationId }) {
  const [text, setText] = useState("");
  const ask = useMutation({
    mutationFn: () => client.membership.approvalRequest({ operationId }),
    onSuccess: (request) => copyAndTell(request.text, { done: "The approval request was copied." }),
    onError: showFailure,
  });
  const approve = useMutation({
    mutationFn: () => client.membership.approve({ operationId, text }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: orpc.membership.key() }),
  });
  const refusal = approve.error ? toFailure(approve.error) : null;
  return (
    <div className="mt-2 flex flex-wrap items-start gap-3">
      {/* As low as the field, below its label. */}
      <div className="pt-6">
        <Button isBusy={ask.isPending} onClick={() => ask.mutate()}>
          Copy the approval request
        </Button>
      </div>
      <Field
        className="min-w-64 flex-1"
        label="Signed approval"
        hint="What the colleague sends back, pasted whole."
        error={refusal ? `${refusal.message} ${refusal.todo}` : undefined}
      >
        {(control) => (
          <div className="flex items-start gap-3">
            <TextArea
              {...control}
              isCode
              rows={2}
              maxLength={20_000}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                // Why the last one was refused is not said of this one.
                approve.reset();
              }}
            />
            <div className="shrink-0">
              <Button
                variant="primary"
                disabled={text.trim() === ""}
                isBusy={approve.isPending}
                onClick={() => approve.mutate()}
              >
                Take in and run
              </Button>
            </div>
          </div>
        )}
      </Field>
    </div>
  );
}
