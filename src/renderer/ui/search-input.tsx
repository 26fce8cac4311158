import { Search, X } from "lucide-react";
import { useRef } from "react";
import { KeyboardHint } from "./keyboard-hint.tsx";
import { useShortcut } from "./use-shortcut.ts";

interface SearchInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}

/** A search field. `/` puts the cursor in it, Escape empties it. */
export function SearchInput({ label, value, onChange, className = "w-60" }: SearchInputProps) {
  const field = useRef<HTMLInputElement>(null);
  useShortcut("/", () => field.current?.select());
  return (
    <div className={`relative ${className}`}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-fg-faint"
      />
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (value) onChange("");
          else event.currentTarget.blur();
        }}
        className="control w-full border border-line-strong bg-surface pr-7 pl-7 text-fg placeholder:text-fg-faint [&::-webkit-search-cancel-button]:hidden"
      />
      <span className="absolute top-1/2 right-1.5 flex -translate-y-1/2">
        {value ? (
          <button
            type="button"
            aria-label="Clear search"
            onClick={() => onChange("")}
            className="rounded p-0.5 text-fg-faint hover:bg-hover hover:text-fg"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        ) : (
          <KeyboardHint keys="/" />
        )}
      </span>
    </div>
  );
}
