/**
 * Puts a text on the clipboard; call it from a click or a key. False when the system refused. Uses the document's own
 * copy command: the asynchronous clipboard asks for a permission, and this window is granted none.
 */
export function copyText(text: string): boolean {
  const onCopy = (event: ClipboardEvent): void => {
    event.preventDefault();
    // Nobody else needs to see, and perhaps change, what is copied here.
    event.stopImmediatePropagation();
    event.clipboardData?.setData("text/plain", text);
  };
  document.addEventListener("copy", onCopy, { capture: true });
  try {
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", onCopy, { capture: true });
  }
}
