import { Search } from "lucide-react";
import { KeyboardHint } from "#renderer/ui/keyboard-hint.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { hrefOf } from "#renderer/ui/router.ts";
import { ToastTray } from "#renderer/ui/toast-tray.tsx";
import { Tooltip } from "#renderer/ui/tooltip.tsx";
import { useMedia } from "#renderer/ui/use-media.ts";
import { AuditIndicator } from "#renderer/features/audit/screen.tsx";
import { OperationIndicator } from "#renderer/features/operations/screen.tsx";
import { PRODUCT_ICON, SCREENS, type Screen } from "./screens.tsx";
import { openOverlay } from "./window-state.ts";

/** Where the sidebar has room for words; Tailwind's `lg`. */
const WITH_WORDS = "(min-width: 64rem)";

/** The list of screens. Narrow windows show the icons only, and have their notifications at the foot of the window. */
export function Sidebar({ current, version }: { current: Screen; version: string }) {
  const hasWords = useMedia(WITH_WORDS);
  return (
    <nav
      aria-label="Screens"
      className="flex w-13 shrink-0 flex-col gap-3 overflow-y-auto border-r border-line bg-sunken px-2 py-3 lg:w-54"
    >
      <div className="flex h-7 items-center gap-2 px-2 font-semibold tracking-tight">
        <span
          aria-hidden="true"
          className="flex size-5 shrink-0 items-center justify-center rounded-md bg-accent text-on-accent [&_svg]:size-3.5"
        >
          {PRODUCT_ICON}
        </span>
        <span className="hidden lg:inline">Muster</span>
      </div>
      <button
        type="button"
        onClick={() => openOverlay("palette")}
        className="control flex items-center justify-center gap-2 border border-line bg-surface px-2 text-fg-muted hover:border-line-strong lg:justify-start"
      >
        <Search aria-hidden="true" className="size-3.5 shrink-0" />
        <span className="sr-only flex-1 text-left lg:not-sr-only">Search…</span>
        <span className="hidden lg:inline">
          <KeyboardHint keys="mod+k" />
        </span>
      </button>
      {/* Scrolls in a low window, so that what goes on stays in sight; -m and p keep its focus rings whole. */}
      <ul className="-mx-2 -my-1 flex min-h-40 flex-1 flex-col gap-px overflow-y-auto px-2 py-1">
        {SCREENS.map((screen) => (
          <li key={screen.path}>
            <ScreenLink screen={screen} isCurrent={screen === current} />
          </li>
        ))}
      </ul>
      <div className="flex shrink-0 flex-col gap-2">
        {hasWords ? <ToastTray place="sidebar" className="-m-1 p-1" /> : null}
        <AuditIndicator />
        <OperationIndicator />
        <button
          type="button"
          onClick={() => openOverlay("shortcuts")}
          className="hidden items-center justify-between rounded-md px-2 py-1 text-xs text-fg-muted hover:bg-hover hover:text-fg lg:flex"
        >
          Muster {version}
          <span className="inline-flex items-center gap-1.5">
            Shortcuts <KeyboardHint keys="?" />
          </span>
        </button>
      </div>
    </nav>
  );
}

function ScreenLink({ screen, isCurrent }: { screen: Screen; isCurrent: boolean }) {
  return (
    <Tooltip
      text={screen.title}
      keys={screen.digit === null ? undefined : `mod+${screen.digit}`}
      side="right"
    >
      <a
        href={hrefOf(screen.path)}
        aria-current={isCurrent ? "page" : undefined}
        aria-label={screen.title}
        className={cx(
          "flex h-control items-center justify-center gap-2.5 rounded-md px-2 no-underline transition-colors lg:justify-start [&_svg]:size-4 [&_svg]:shrink-0",
          isCurrent
            ? "bg-pressed font-medium text-fg [&_svg]:text-accent-fg"
            : "text-fg-muted hover:bg-hover hover:text-fg",
        )}
      >
        {screen.icon}
        <span className="hidden truncate lg:inline">{screen.title}</span>
      </a>
    </Tooltip>
  );
}
