import { useState } from "react";
import { Search } from "lucide-react";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { Destination } from "#shared/domain/telling.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import { DestinationPicker } from "./destination-picker.tsx";

interface DestinationFieldProps {
  readonly label: string;
  /** How to write it by hand. */
  readonly hint: string;
  /** What the picker is called. */
  readonly pickerLabel: string;
  /** Without one there is nothing to choose from. */
  readonly connectionId: ConnectionId | null;
  readonly value: string;
  readonly onChange: (target: string) => void;
}

/** Where messages go: chosen from what the connection sees, or written as an id. */
export function DestinationField(props: DestinationFieldProps) {
  const { label, hint, pickerLabel, connectionId, value, onChange } = props;
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState<Destination | null>(null);
  const isChosen = chosen?.target === value;
  const what = isChosen
    ? `“${chosen.name}”${chosen.isCustomers ? ": the customer reads it, too." : ""}`
    : hint;
  return (
    <Field label={label} hint={what}>
      {(control) => (
        <div className="flex gap-2">
          <TextInput
            {...control}
            isCode
            maxLength={100}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <Button
            icon={<Search />}
            aria-label={pickerLabel}
            disabled={connectionId === null}
            onClick={() => setIsOpen(true)}
          >
            Choose
          </Button>
          {connectionId !== null && (
            <DestinationPicker
              // Its search is forgotten with the connection.
              key={connectionId}
              label={pickerLabel}
              connectionId={connectionId}
              isOpen={isOpen}
              onOpenChange={setIsOpen}
              onChoose={(destination) => {
                setChosen(destination);
                onChange(destination.target);
              }}
            />
          )}
        </div>
      )}
    </Field>
  );
}
