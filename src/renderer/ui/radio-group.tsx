import type { ReactNode } from "react";
import { RadioGroup as RadixRadioGroup } from "radix-ui";

interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
}

interface RadioGroupProps<Value extends string> {
  /** The question that the options answer. */
  readonly label: string;
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly RadioOption<Value>[];
  readonly isDisabled?: boolean;
}

/** A choice of one from a few, all in sight: a row of segments, moved through with the arrow keys. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  return (
    <RadixRadioGroup.Root
      aria-label={props.label}
      orientation="horizontal"
      value={props.value}
      onValueChange={(value) => props.onValueChange(value as Value)}
      disabled={props.isDisabled ?? false}
      className="inline-flex w-fit flex-wrap gap-0.5 rounded-md border border-line bg-sunken p-0.5"
    >
      {props.options.map((option) => (
        <RadixRadioGroup.Item
          key={option.value}
          value={option.value}
          className="inline-flex h-6.5 items-center gap-1.5 rounded px-2.5 text-sm text-fg-muted hover:text-fg disabled:opacity-50 data-[state=checked]:bg-raised data-[state=checked]:font-medium data-[state=checked]:text-fg data-[state=checked]:shadow-panel"
        >
          {option.icon}
          {option.label}
        </RadixRadioGroup.Item>
      ))}
    </RadixRadioGroup.Root>
  );
}
