import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { KeyboardHint } from "./keyboard-hint.tsx";
import { leaveEscapeToToasts, ToastTray } from "./toast-tray.tsx";

export interface CommandItem {
  readonly id: string;
  readonly label: string;
  /** Something to tell it apart by. */
  readonly detail?: string | undefined;
  readonly icon?: ReactNode;
  readonly keys?: string | undefined;
  readonly run: () => void;
}

export interface CommandGroup {
  readonly title: string;
  readonly items: readonly CommandItem[];
}

interface CommandDialogProps {
  readonly label: string;
  readonly placeholder: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly search: string;
  readonly onSearchChange: (search: string) => void;
  /** What fits the search, best first. */
  readonly groups: readonly CommandGroup[];
  /** Said in place of an empty list: that it is being fetched, or why it could not be. */
  readonly status?: string | undefined;
}

/** A field over a list of things to do: type to narrow, arrows to choose, Enter to do it. */
export function CommandDialog(props: CommandDialogProps) {
  const isEmpty = props.groups.length === 0;
  const [active, setActive] = useState("");
  const ids = props.groups.flatMap(({ items }) => items.map(({ id }) => id));
  // A list that is fetched can change after the search did: Enter always has something to take.
  const value = ids.includes(active) ? active : (ids[0] ?? "");
  const choose = (item: CommandItem): void => {
    props.onOpenChange(false);
    item.run();
  };
  return (
    <Dialog.Root open={props.isOpen} onOpenChange={props.onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onEscapeKeyDown={leaveEscapeToToasts}
          className="fixed top-[14dvh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-xl border border-line-strong bg-raised text-fg shadow-overlay outline-none"
        >
          <Dialog.Title className="sr-only">{props.label}</Dialog.Title>
          <Command label={props.label} shouldFilter={false} loop value={value} onValueChange={setActive}>
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search aria-hidden="true" className="size-4 shrink-0 text-fg-faint" />
              <Command.Input
                value={props.search}
                onValueChange={props.onSearchChange}
                placeholder={props.placeholder}
                className="h-12 flex-1 bg-transparent text-base outline-none placeholder:text-fg-faint"
              />
              <KeyboardHint keys="Escape" />
            </div>
            {/* Beside the list: a list box may hold nothing but options. */}
            <p role="status" className={isEmpty ? "px-3 py-8 text-center text-sm text-fg-muted" : "sr-only"}>
              {isEmpty ? (props.status ?? `Nothing fits “${props.search}”.`) : ""}
            </p>
            <Command.List
              label={props.label}
              className={isEmpty ? "hidden" : "max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5"}
            >
              {props.groups.map((group) => (
                <Command.Group
                  key={group.title}
                  heading={group.title}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-fg-muted"
                >
                  {group.items.map((item) => (
                    <Command.Item
                      key={item.id}
                      value={item.id}
                      onSelect={() => choose(item)}
                      className="flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-fg-muted"
                    >
                      {item.icon}
                      <span className="truncate">{item.label}</span>
                      {item.detail ? (
                        <span className="truncate text-xs text-fg-muted">{item.detail}</span>
                      ) : null}
                      {item.keys ? (
                        <span className="ml-auto">
                          <KeyboardHint keys={item.keys} />
                        </span>
                      ) : null}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
          <ToastTray place="dialog" className="border-t border-line bg-sunken p-2" />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
