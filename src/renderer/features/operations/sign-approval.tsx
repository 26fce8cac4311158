import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { copyAndTell } from "#renderer/ui/copy-and-tell.ts";
import { Field } from "#renderer/ui/field.tsx";
import { formatDateTime, formatNoun } from "#renderer/ui/format.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { TextArea } from "#renderer/ui/text-area.tsx";

/** Approves what a colleague asks for: what it is about is shown before it can be signed. */
export function SignApproval() {
  const [text, setText] = useState("");
  const read = useMutation({ mutationFn: () => client.membership.readApprovalRequest({ text }) });
  const sign = useMutation({
    mutationFn: () => client.membership.signApproval({ text }),
    onSuccess: (signed) =>
      copyAndTell(signed.text, { done: "Signed and copied.", next: "Send it back to your colleague." }),
  });
  const error = read.error ?? sign.error;
  const refusal = error ? toFailure(error) : null;
  const shown = read.data;
  return (
    <div className="space-y-3 border-t border-line pt-4">
      <Field
        label="A colleague's approval request"
        hint="Paste it to see what it is about."
        error={refusal ? `${refusal.message} ${refusal.todo}` : undefined}
      >
        {(control) => (
          <TextArea
            {...control}
            isCode
            maxLength={20_000}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              // What was shown is not what would be signed any more.
              read.reset();
              sign.reset();
            }}
          />
        )}
      </Field>
      {shown ? (
        <Notice tone="info" title={`${shown.title}:`}>
          {`${formatNoun(shown.steps, "change")}, asked for by ${shown.requestedBy} on ${formatDateTime(shown.atMs)}${shown.isSandbox ? ", in the sandbox" : ""}.`}
        </Notice>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button disabled={text.trim() === ""} isBusy={read.isPending} onClick={() => read.mutate()}>
          Show what it asks
        </Button>
        {shown ? (
          <Button variant="primary" isBusy={sign.isPending} onClick={() => sign.mutate()}>
            Sign and copy
          </Button>
        ) : null}
      </div>
    </div>
  );
}
