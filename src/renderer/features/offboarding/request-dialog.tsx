import { useState } from "react";
import { type HelpRequest, HelpRequestState } from "#shared/domain/offboarding.ts";
import { client } from "#renderer/api/client.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { copyText } from "#renderer/ui/copy-text.ts";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { askAgain } from "./offboarding-actions.ts";
import { REQUEST_WORDS } from "./offboarding-words.ts";

/** One message: its text, to copy or change, and what was answered. */
export function RequestDialog({ request, onClose }: { request: HelpRequest | null; onClose: () => void }) {
  const [text, setText] = useState(request?.text ?? "");
  const [note, setNote] = useState(request?.note ?? "");
  const [state, setState] = useState<HelpRequestState>(request?.state ?? "draft");
  if (request === null) return null;
  const save = async (next: HelpRequestState) => {
    try {
      await client.membership.setHelpRequest({
        helpRequestId: request.id,
        state: next,
        text,
        note: note.trim() === "" ? null : note,
      });
      askAgain();
      onClose();
    } catch (error) {
      showFailure(error);
    }
  };
  const copy = () => {
    if (!copyText(text)) {
      showToast({ tone: "danger", message: "The clipboard refused the text.", hint: "Copy it by hand." });
      return;
    }
    void save(state === "draft" ? "copied" : state);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={request.groupName}
      description={
        request.askName === null
          ? "Nobody who could do it is shown to us."
          : `To ${request.askName}, ${request.askRole ?? "admin"}.`
      }
      footer={
        <>
          <Button onClick={copy}>Copy the message</Button>
          <Button variant="primary" disabled={text.trim() === ""} onClick={() => void save(state)}>
            Save
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {request.sending?.failure ? <ErrorNotice error={request.sending.failure} /> : null}
        <Field label="Message" isRequired>
          {(control) => (
            <TextArea
              {...control}
              rows={5}
              maxLength={4_000}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </Field>
        <Field label="What became of it">
          {(control) => (
            <Select
              {...control}
              value={state}
              onValueChange={(value) => setState(HelpRequestState.parse(value))}
              groups={[
                {
                  label: null,
                  options: HelpRequestState.options.map((value) => ({
                    value,
                    label: REQUEST_WORDS[value].label,
                  })),
                },
              ]}
            />
          )}
        </Field>
        <Field label="Note" isOptional>
          {(control) => (
            <TextArea
              {...control}
              maxLength={2_000}
              value={note}
              onChange={({ target }) => setNote(target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
