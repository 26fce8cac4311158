import { type KeyboardEvent, useState } from "react";
import { Popover } from "radix-ui";
import type { FieldControl } from "./field.tsx";
import { findOverlayContainer } from "./overlay-container.ts";
import { TextInput } from "./text-input.tsx";

interface ComboboxProps extends FieldControl {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** Offered while typing; anything else may be written too. */
  readonly suggestions: readonly string[];
  readonly maxLength?: number;
  readonly placeholder?: string;
}

/** A text with suggestions. Arrow keys choose, Enter takes, Escape closes the list only. */
export function Combobox(props: ComboboxProps) {
  const { value, onValueChange, suggestions, ...control } = props;
  const [isOpen, setIsOpen] = useState(false);
  const [activeAt, setActiveAt] = useState(-1);
  const listId = `${props.id}-list`;
  const typed = value.trim().toLocaleLowerCase();
  const isTaken = suggestions.some((text) => text.toLocaleLowerCase() === typed);
  const matching = isTaken
    ? suggestions
    : suggestions.filter((text) => text.toLocaleLowerCase().includes(typed));
  const isListShown = isOpen && matching.length > 0;

  const close = () => {
    setIsOpen(false);
    setActiveAt(-1);
  };
  const take = (text: string) => {
    onValueChange(text);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setIsOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActiveAt((at) => (at + step + matching.length) % Math.max(matching.length, 1));
    }
    const active = matching[activeAt];
    if (event.key === "Enter" && isListShown && active !== undefined) {
      event.preventDefault();
      take(active);
    }
    if (event.key === "Escape" && isListShown) {
      event.stopPropagation();
      event.preventDefault();
      close();
    }
  };

  return (
    <Popover.Root open={isListShown} onOpenChange={(open) => (open ? setIsOpen(true) : close())}>
      <Popover.Anchor asChild>
        <TextInput
          {...control}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isListShown}
          aria-controls={isListShown ? listId : undefined}
          aria-activedescendant={isListShown && activeAt >= 0 ? `${listId}-${activeAt}` : undefined}
          value={value}
          onChange={(event) => {
            onValueChange(event.target.value);
            setIsOpen(true);
            setActiveAt(-1);
          }}
          onKeyDown={onKeyDown}
          onBlur={close}
        />
      </Popover.Anchor>
      <Popover.Portal container={findOverlayContainer()}>
        <Popover.Content
          align="start"
          sideOffset={4}
          role="listbox"
          id={listId}
          aria-label="Suggestions"
          // The focus stays in the text; the list only follows it.
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-50 max-h-60 w-(--radix-popover-trigger-width) overflow-y-auto rounded-md border border-line bg-raised p-1 text-fg shadow-overlay"
        >
          {matching.map((text, at) => (
            <div
              key={text}
              id={`${listId}-${at}`}
              role="option"
              aria-selected={at === activeAt}
              className={`flex min-h-7 cursor-default items-center rounded-sm px-2 text-sm ${at === activeAt ? "bg-hover" : ""}`}
              onPointerDown={(event) => {
                event.preventDefault();
                take(text);
              }}
              onPointerMove={() => setActiveAt(at)}
            >
              {text}
            </div>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
