import { app, Menu, type MenuItemConstructorOptions } from "electron";

/**
 * The application menu. macOS needs one for the standard editing shortcuts to work at all; on the other two the
 * window hides it until Alt is pressed. Screens are reached from the page itself.
 */
export function setApplicationMenu(): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.name)));
}

function menuTemplate(os: NodeJS.Platform, name: string): MenuItemConstructorOptions[] {
  const isMac = os === "darwin";
  const applicationMenu: MenuItemConstructorOptions = {
    label: name,
    submenu: [
      { role: "about" },
      { type: "separator" },
      { role: "services" },
      { type: "separator" },
      { role: "hide" },
      { role: "hideOthers" },
      { role: "unhide" },
      { type: "separator" },
      { role: "quit" },
    ],
  };
  return [
    ...(isMac ? [applicationMenu] : []),
    { label: "&File", submenu: [isMac ? { role: "close" } : { role: "quit" }] },
    { role: "editMenu", label: "&Edit" },
    {
      label: "&View",
      submenu: [
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { type: "separator" },
        { role: "togglefullscreen" },
        ...(app.isPackaged ? [] : ([{ role: "reload" }, { role: "toggleDevTools" }] as const)),
      ],
    },
    { role: "windowMenu", label: "&Window" },
  ];
}
