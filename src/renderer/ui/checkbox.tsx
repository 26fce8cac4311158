import { type ReactNode, useId } from "react";
import { Check } from "lucide-react";
import { Checkbox as RadixCheckbox } from "radix-ui";
import { ControlLabel, hintIdOf } from "./control-label.tsx";

interface CheckboxProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly isChecked: boolean;
  readonly onCheckedChange: (isChecked: boolean) => void;
  readonly isDisabled?: boolean;
}

/** Something that is so or not, and takes effect with the form it stands in. */
export function Checkbox(props: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <RadixCheckbox.Root
        id={id}
        checked={props.isChecked}
        onCheckedChange={(checked) => props.onCheckedChange(checked === true)}
        disabled={props.isDisabled ?? false}
        aria-describedby={hintIdOf(id, props.hint)}
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-control-line bg-surface focus-visible:outline-offset-2 disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <RadixCheckbox.Indicator>
          <Check aria-hidden className="size-3 text-on-accent" strokeWidth={3} />
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <ControlLabel id={id} label={props.label} hint={props.hint} />
    </div>
  );
}
