import { type ReactNode, useId } from "react";
import { Switch as RadixSwitch } from "radix-ui";
import { ControlLabel, hintIdOf } from "./control-label.tsx";

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
      <ControlLabel id={id} label={props.label} hint={props.hint} isStrong />
      <RadixSwitch.Root
        id={id}
        checked={props.isOn}
        onCheckedChange={props.onToggle}
        disabled={props.isDisabled ?? false}
        aria-describedby={hintIdOf(id, props.hint)}
        className="mt-0.5 inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border border-transparent bg-control-line p-px transition-colors focus-visible:outline-offset-2 disabled:opacity-50 data-[state=checked]:bg-accent"
      >
        <RadixSwitch.Thumb className="size-3.5 rounded-full bg-white shadow-panel transition-transform data-[state=checked]:translate-x-3.5" />
      </RadixSwitch.Root>
    </div>
  );
}
