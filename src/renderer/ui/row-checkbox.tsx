import { Check } from "lucide-react";
import { Checkbox } from "radix-ui";

interface RowCheckboxProps {
  /** What it marks; only screen readers are told. */
  readonly label: string;
  readonly isChecked: boolean;
  readonly onCheckedChange: (isChecked: boolean) => void;
}

/** The mark at the beginning of a row: in or out. Space changes it. */
export function RowCheckbox({ label, isChecked, onCheckedChange }: RowCheckboxProps) {
  return (
    <Checkbox.Root
      aria-label={label}
      checked={isChecked}
      onCheckedChange={(checked) => onCheckedChange(checked === true)}
      className="grid size-4 shrink-0 place-items-center rounded-sm border border-control-line bg-surface focus-visible:outline-offset-2 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <Checkbox.Indicator>
        <Check aria-hidden className="size-3 text-on-accent" strokeWidth={3} />
      </Checkbox.Indicator>
    </Checkbox.Root>
  );
}
