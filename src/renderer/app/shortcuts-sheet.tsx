import { Dialog } from "#renderer/ui/dialog.tsx";
import { KeyboardHint } from "#renderer/ui/keyboard-hint.tsx";
import { SCREENS } from "./screens.tsx";
import { openOverlay, useWindowState } from "./window-state.ts";

type Shortcut = readonly [keys: string, does: string];

const GROUPS: readonly { title: string; shortcuts: readonly Shortcut[] }[] = [
  {
    title: "Everywhere",
    shortcuts: [
      ["mod+k", "Search and commands"],
      ["mod+Enter", "Start an audit"],
      ["alt+ArrowLeft", "Back"],
      ["alt+ArrowRight", "Forward"],
      ["/", "Search on this screen"],
      ["F8", "Notifications"],
      ["?", "This list"],
    ],
  },
  {
    title: "Screens",
    shortcuts: SCREENS.flatMap(({ digit, title }): Shortcut[] =>
      digit === null ? [] : [[`mod+${digit}`, title]],
    ),
  },
  {
    title: "Coverage matrix",
    shortcuts: [
      ["ArrowUp", "Previous group"],
      ["ArrowDown", "Next group"],
      ["ArrowLeft", "Previous column"],
      ["ArrowRight", "Next column"],
      ["Enter", "Open the details"],
      ["x", "Exclude the gap"],
      ["Space", "Pick the cell"],
      ["shift+ArrowDown", "Pick up to here"],
      ["mod+a", "Pick everything shown"],
      ["a", "Add who is missing"],
      ["Escape", "Drop the pick, close the details"],
    ],
  },
];

/** Every key combination, on one sheet. */
export function ShortcutsSheet() {
  const isOpen = useWindowState((state) => state.overlay === "shortcuts");
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => openOverlay(open ? "shortcuts" : null)}
      title="Keyboard shortcuts"
      size="large"
    >
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-3">
        {GROUPS.map(({ title, shortcuts }) => (
          <section key={title}>
            <h3 className="mb-1.5 text-xs font-semibold text-fg-muted">{title}</h3>
            <dl className="space-y-1">
              {shortcuts.map(([keys, does]) => (
                <div key={keys} className="flex items-center justify-between gap-3 text-sm">
                  <dt>{does}</dt>
                  <dd>
                    <span className="sr-only">{keys.replaceAll("+", " plus ")}</span>
                    <KeyboardHint keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
