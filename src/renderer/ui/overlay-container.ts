/**
 * Where lists and menus that float over the page belong: inside the open dialog, else inside the screen. Elsewhere in
 * the document a screen reader would find them outside every landmark, and a modal dialog would make them inert.
 */
export function findOverlayContainer(): HTMLElement | null {
  const dialogs = document.querySelectorAll<HTMLElement>(
    "[role=dialog][data-state=open], [role=alertdialog][data-state=open]",
  );
  return dialogs.item(dialogs.length - 1) ?? document.querySelector("main");
}
