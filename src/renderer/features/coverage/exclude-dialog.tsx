import { useId, useState } from "react";
import type { RunGroup, RunPerson } from "#shared/domain/coverage.ts";
import { DAY_MS, MINUTE_MS } from "#shared/lib/time.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { useExclusions } from "./use-exclusions.ts";

type Term = "30" | "90" | "365" | "date" | "never";

const TERMS: readonly { value: Term; label: string }[] = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "date", label: "A date" },
  { value: "never", label: "For good" },
];

interface ExcludeDialogProps {
  group: RunGroup;
  person: RunPerson;
  /** Who answered for the last exclusion: probably the same operator. */
  suggestedOwner: string;
  onClose: () => void;
}

/** Accepts a gap: why, who answers for it, and until when. */
export function ExcludeDialog({ group, person, suggestedOwner, onClose }: ExcludeDialogProps) {
  const [reason, setReason] = useState("");
  const [owner, setOwner] = useState(suggestedOwner);
  const [term, setTerm] = useState<Term>("90");
  const [date, setDate] = useState("");
  const nowMs = useNow(MINUTE_MS);
  const formId = useId();
  const { add } = useExclusions();
  const expiresAtMs = expiryOf(term, date, nowMs);
  const isComplete = reason.trim() !== "" && owner.trim() !== "" && expiresAtMs !== undefined;

  const submit = (): void => {
    if (!isComplete) return;
    const { key: groupKey } = group;
    const { personId } = person;
    add.mutate(
      { groupKey, personId, reason: reason.trim(), owner: owner.trim(), expiresAtMs },
      { onSuccess: onClose },
    );
  };

  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Exclude ${person.name} from ${group.name}`}
      description="The gap is accepted and no longer counted. It applies at once, without a new audit."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={add.isPending} disabled={!isComplete}>
            Exclude
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {add.error ? <ErrorNotice error={toFailure(add.error)} /> : null}
        <Field label="Reason" isRequired>
          {(control) => (
            <TextArea
              {...control}
              data-initial-focus
              value={reason}
              maxLength={1_000}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Field label="Owner" hint="Who answers for it." isRequired>
          {(control) => (
            <TextInput
              {...control}
              value={owner}
              maxLength={200}
              onChange={(event) => setOwner(event.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-wrap items-end gap-3">
          <div className="flex flex-col gap-1">
            <span aria-hidden="true" className="text-sm font-medium">
              Until
            </span>
            <RadioGroup label="Until" value={term} onValueChange={setTerm} options={TERMS} />
          </div>
          {term === "date" ? (
            <Field label="Last day" isRequired className="w-40">
              {(control) => (
                <TextInput
                  {...control}
                  type="date"
                  min={new Date(nowMs).toISOString().slice(0, 10)}
                  value={date}
                  onChange={(event) => setDate(event.target.value)}
                />
              )}
            </Field>
          ) : null}
        </div>
      </form>
    </Dialog>
  );
}

/** When the exclusion ends; null for never, undefined while the date is missing or past. */
function expiryOf(term: Term, date: string, nowMs: number): number | null | undefined {
  if (term === "never") return null;
  if (term !== "date") return nowMs + Number(term) * DAY_MS;
  // The last day counts to its end, in the operator's own time zone.
  const endMs = new Date(`${date}T23:59:59.999`).getTime();
  return Number.isNaN(endMs) || endMs <= nowMs ? undefined : endMs;
}
