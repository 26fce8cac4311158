import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { HelpStep } from "#shared/contract/membership.ts";
import { nameConnection } from "#shared/domain/connection-name.ts";
import type { GroupKey } from "#shared/domain/ids.ts";
import type { HelpPurpose, OffboardingId } from "#shared/domain/offboarding.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { askAgain } from "./offboarding-actions.ts";
import { PURPOSE_WORDS } from "./offboarding-words.ts";
import { useStream } from "./use-stream.ts";

/** What messages are to be written; null for none. */
export interface Writing {
  readonly purpose: HelpPurpose;
  readonly offboardingId: OffboardingId | null;
  /** Left out: every group in which it is to be asked. */
  readonly groupKeys?: readonly GroupKey[];
}

/** Shows the template, keeps what is changed in it, finds whom to ask and has the messages written. */
export function WriteDialog({
  writing,
  onClose,
  onReady,
}: {
  writing: Writing | null;
  onClose: () => void;
  /** The messages are written. */
  onReady?: () => void;
}) {
  const { data: templates } = useQuery(orpc.membership.getHelpTemplates.queryOptions());
  const [typed, setTyped] = useState<string | null>(null);
  const stream = useStream<HelpStep>();
  if (writing === null || !templates) return null;
  const { purpose, offboardingId, groupKeys } = writing;
  const template = typed ?? templates[purpose];
  const close = () => {
    stream.stop();
    setTyped(null);
    onClose();
  };
  const write = async () => {
    if (typed !== null && typed !== templates[purpose]) {
      try {
        await client.membership.saveHelpTemplates({ ...templates, [purpose]: typed });
        void queryClient.invalidateQueries({ queryKey: orpc.membership.getHelpTemplates.key() });
      } catch (error) {
        showFailure(error);
        return;
      }
    }
    const last = await stream.run((signal) =>
      client.membership.prepareHelpRequests(
        { purpose, offboardingId, groupKeys: groupKeys ? [...groupKeys] : null, template },
        { signal },
      ),
    );
    askAgain();
    if (last === null) return;
    const [problem] = last.problems;
    const written = last.requests?.length ?? 0;
    showToast({
      tone: problem ? "danger" : "ok",
      message: `${formatNoun(written, "message is", "messages are")} ready.`,
      hint: problem ? `${nameConnection(problem)}: ${problem.failure.message}` : undefined,
    });
    close();
    onReady?.();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      isLocked={stream.progress !== null}
      title={PURPOSE_WORDS[purpose]}
      description={
        offboardingId === null
          ? `For ${groupKeys ? `each of ${groupKeys.length} picked groups` : "every Telegram group"} in which we may not change the name. Nothing is sent yet.`
          : "For every group in which somebody else has to act. Nothing is sent yet."
      }
      footer={
        <>
          <Button onClick={close}>{stream.progress ? "Stop" : "Cancel"}</Button>
          <Button
            variant="primary"
            disabled={template.trim() === ""}
            isBusy={stream.progress !== null}
            onClick={() => void write()}
          >
            Find whom to ask
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Field
          label="Message"
          isRequired
          hint="{name} whom it goes to, {group}, {person} who leaves, {me} you. What you change is kept."
        >
          {(control) => (
            <TextArea
              {...control}
              rows={5}
              maxLength={3_000}
              value={template}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
        {stream.progress ? (
          <ProgressBar
            label="Finding whom to ask"
            done={stream.progress.done}
            total={stream.progress.total}
          />
        ) : null}
      </div>
    </Dialog>
  );
}
