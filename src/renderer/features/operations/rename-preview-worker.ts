/** Tries a regular expression away from the window: see use-rename-preview.ts. */
import { type NamedGroup, type PreviewRule, previewRenames } from "./rename-preview.ts";

globalThis.addEventListener(
  "message",
  ({ data }: MessageEvent<{ rule: PreviewRule; groups: readonly NamedGroup[] }>) => {
    // A worker talks to who began it, and to nobody else.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    globalThis.postMessage(previewRenames(data.rule, data.groups));
  },
);
