import { useId, useState } from "react";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";

interface ViewNameDialogProps {
  title: string;
  initialName: string;
  /** Why saving did not work; null while it was not tried. */
  error: unknown;
  isBusy: boolean;
  onSave: (name: string) => void;
  onClose: () => void;
}

/** Asks for the name of a view. */
export function ViewNameDialog(props: ViewNameDialogProps) {
  const [name, setName] = useState(props.initialName);
  const formId = useId();
  const failure = props.error ? toFailure(props.error) : null;
  const trimmed = name.trim();
  return (
    <Dialog
      isOpen
      onOpenChange={props.onClose}
      title={props.title}
      size="small"
      footer={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isBusy={props.isBusy}
            disabled={trimmed.length === 0}
          >
            Save
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          if (trimmed) props.onSave(trimmed);
        }}
      >
        <Field
          label="Name"
          hint="Keeps the filters, the people shown and the order."
          error={failure ? `${failure.message} ${failure.todo}` : undefined}
          isRequired
        >
          {(control) => (
            <TextInput
              {...control}
              data-initial-focus
              value={name}
              maxLength={100}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
