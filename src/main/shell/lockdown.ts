import { app, type Session, session, type WebContents } from "electron";
import type { Log } from "#shared/lib/log.ts";
import { isOwnPage } from "./page-address.ts";

/**
 * Takes from every web page what our page does not need: going elsewhere, opening windows, embedding web views,
 * asking for permissions, choosing devices.
 */
export function lockDownWebContents(log: Log): void {
  app.on("web-contents-created", (_event, contents) => lockNavigation(contents, log));
  lockPermissions(session.defaultSession, log);
}

function lockNavigation(contents: WebContents, log: Log): void {
  const refuse = (kind: string) => (event: { preventDefault(): void; url: string }) => {
    if (isOwnPage(event.url)) return;
    event.preventDefault();
    log.warn("navigation-refused", { kind, url: event.url });
  };
  contents.on("will-navigate", refuse("navigate"));
  contents.on("will-redirect", refuse("redirect"));
  contents.on("will-frame-navigate", refuse("frame"));
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log.warn("window-open-refused", { url });
    return { action: "deny" };
  });
}

function lockPermissions(target: Session, log: Log): void {
  target.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn("permission-refused", { permission });
    answer(false);
  });
  target.setPermissionCheckHandler(() => false);
  target.setDevicePermissionHandler(() => false);
}
