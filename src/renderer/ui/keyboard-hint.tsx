const IS_MAC = navigator.userAgent.includes("Mac");

const SYMBOLS: Readonly<Record<string, string>> = {
  mod: IS_MAC ? "⌘" : "Ctrl",
  alt: IS_MAC ? "⌥" : "Alt",
  shift: IS_MAC ? "⇧" : "Shift",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Enter: "↵",
  Escape: "Esc",
  Space: "Space",
};

/** A key combination as printed on the keys: `mod+k`. Decoration only: hidden from screen readers. */
export function KeyboardHint({ keys }: { keys: string }) {
  return (
    <span aria-hidden="true" className="inline-flex items-center gap-0.5 align-middle">
      {keys.split("+").map((key) => (
        <kbd
          key={key}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded border border-line bg-sunken px-1 font-sans text-2xs text-fg-muted"
        >
          {SYMBOLS[key] ?? key.toUpperCase()}
        </kbd>
      ))}
    </span>
  );
}
