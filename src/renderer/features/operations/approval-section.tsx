import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Approver, type MembershipSettings } from "#shared/domain/operation.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { copyAndTell } from "#renderer/ui/copy-and-tell.ts";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { SignApproval } from "./sign-approval.tsx";

/** When an operation needs a second person, who that may be, and approving as one for somebody else. */
export function ApprovalSection() {
  const settings = useQuery(orpc.membership.getSettings.queryOptions());
  const key = useMutation({
    mutationFn: () => client.membership.approverKey(),
    onSuccess: ({ publicKey }) => copyAndTell(publicKey, { done: "Your key was copied." }),
    onError: showFailure,
  });
  return (
    <Section
      title="Operations: approval by a second person"
      aside={
        <Button isBusy={key.isPending} onClick={() => key.mutate()}>
          Copy my key
        </Button>
      }
    >
      <div className="space-y-4">
        {settings.data ? (
          <ApprovalForm
            key={JSON.stringify([settings.data.approvalAbove, settings.data.approvers])}
            settings={settings.data}
          />
        ) : null}
        {settings.error ? <ErrorNotice error={toFailure(settings.error)} /> : null}
        <SignApproval />
      </div>
    </Section>
  );
}

function ApprovalForm({ settings }: { settings: MembershipSettings }) {
  const [above, setAbove] = useState(settings.approvalAbove === null ? "" : String(settings.approvalAbove));
  const [lines, setLines] = useState(
    settings.approvers.map(({ name, publicKey }) => `${name} ${publicKey}`).join("\n"),
  );
  const approvers = readApprovers(lines);
  const isAboveRight = above.trim() === "" || /^\d{1,5}$/.test(above.trim());
  const save = useMutation({
    mutationFn: async (change: Pick<MembershipSettings, "approvalAbove" | "approvers">) => {
      // Read just before: somebody may have changed the budgets meanwhile.
      const now = await client.membership.getSettings();
      return client.membership.saveSettings({ ...now, ...change });
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(orpc.membership.getSettings.queryKey(), saved);
      void queryClient.invalidateQueries({ queryKey: orpc.membership.get.key() });
      showToast({ tone: "ok", message: "Approval rule saved.", hint: "The change is in the activity log." });
    },
  });
  return (
    <div className="space-y-3">
      <Field
        label="Needed above"
        hint="Changes in one operation; empty for never."
        error={isAboveRight ? undefined : "A whole number of changes, or nothing."}
      >
        {(control) => (
          <TextInput
            {...control}
            className="tabular w-24!"
            maxLength={5}
            value={above}
            onChange={(event) => setAbove(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Approvers"
        hint="One a line: a name, a space, and the key that their own Muster shows."
        error={approvers === null ? "Each line needs a name and a key of 43 characters." : undefined}
      >
        {(control) => (
          <TextArea {...control} value={lines} onChange={(event) => setLines(event.target.value)} />
        )}
      </Field>
      {save.error ? <ErrorNotice error={toFailure(save.error)} /> : null}
      <div className="flex justify-end">
        <Button
          isBusy={save.isPending}
          disabled={approvers === null || !isAboveRight}
          onClick={() => {
            if (approvers === null) return;
            const approvalAbove = above.trim() === "" ? null : Number(above.trim());
            save.mutate({ approvalAbove, approvers });
          }}
        >
          Save the approval rule
        </Button>
      </div>
    </div>
  );
}

/** Null when a line is none. */
function readApprovers(lines: string): Approver[] | null {
  const read = lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const at = line.lastIndexOf(" ");
      return Approver.safeParse({ name: line.slice(0, Math.max(0, at)), publicKey: line.slice(at + 1) });
    });
  return read.every(({ success }) => success) ? read.flatMap(({ data }) => data ?? []) : null;
}
