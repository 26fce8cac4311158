import { type ReactNode, useId } from "react";
import { Switch as RadixSwitch } from "radix-ui";

interface SwitchProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly isOn: boolean;
  readonly onToggle: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
}

/** Something that is on or off. */
export function Switch(props: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <label htmlFor={id} className="block text-sm font-medium text-fg">
          {props.label}
        </label>
        {props.hint && (
          <p id={`${id}-hint`} className="mt-0.5 text-xs text-fg-muted">
            {props.hint}
          </p>
        )}
      </div>
      <RadixSwitch.Root
        id={id}
        checked={props.isOn}
        onCheckedChange={props.onToggle}
        disabled={props.isDisabled ?? false}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        className="mt-0.5 inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border border-transparent bg-control-line p-px transition-colors focus-visible:outline-offset-2 disabled:opacity-50 data-[state=checked]:bg-accent"
      >
        <RadixSwitch.Thumb className="size-3.5 rounded-full bg-white shadow-panel transition-transform data-[state=checked]:translate-x-3.5" />
      </RadixSwitch.Root>
    </div>
  );
}
