import { copyText } from "./copy-text.ts";
import { showToast } from "./show-toast.ts";

interface Words {
  /** Said when it is on the clipboard, and what to do with it. */
  readonly done: string;
  readonly next?: string | undefined;
  /** What to do when the system refused. */
  readonly otherwise?: string | undefined;
}

/** Puts a text on the clipboard and says whether it is there; call it from a click or a key. */
export function copyAndTell(text: string, { done, next, otherwise }: Words): void {
  const about = "clipboard";
  if (copyText(text)) showToast({ tone: "ok", about, message: done, hint: next });
  else showToast({ tone: "danger", about, message: "The clipboard refused the text.", hint: otherwise });
}
