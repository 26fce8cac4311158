import { useEffect, useRef } from "react";
import type { AppInfo } from "#shared/contract/app.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { paths } from "#renderer/api/paths.ts";
import { AuditEnd, StartAudit } from "#renderer/features/audit/screen.tsx";
import { OperationEnd } from "#renderer/features/operations/screen.tsx";
import { navigate, useRoute } from "#renderer/ui/router.ts";
import { Bars } from "./bars.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { ScreenBoundary } from "./screen-boundary.tsx";
import { screenOf } from "./screens.tsx";
import { ShortcutsSheet } from "./shortcuts-sheet.tsx";
import { Sidebar } from "./sidebar.tsx";
import { useWindowShortcuts } from "./use-window-shortcuts.ts";

/** Sidebar, bars and the current screen. */
export function Shell({ info, connections }: { info: AppInfo; connections: readonly Connection[] }) {
  const route = useRoute();
  const screen = screenOf(route.path);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useWindowShortcuts();

  useEffect(() => {
    if (route.path === "/") navigate(paths.overview(), { replace: true });
  }, [route.path]);

  useEffect(() => {
    document.title = `${screen.title} – Muster`;
    // After a change of screen the keyboard continues in the new one; at start it is left alone.
    if (!isFirst.current) main.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [screen]);

  return (
    <div className="flex h-full flex-col">
      <Bars isSandbox={info.isSandbox} connections={connections} />
      <div className="flex min-h-0 flex-1">
        <Sidebar current={screen} version={info.version} />
        <main ref={main} tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <ScreenBoundary key={screen.path} resetKey={route.path}>
            {screen.render()}
          </ScreenBoundary>
        </main>
      </div>
      <CommandPalette />
      <ShortcutsSheet />
      <StartAudit />
      <AuditEnd />
      <OperationEnd />
    </div>
  );
}
