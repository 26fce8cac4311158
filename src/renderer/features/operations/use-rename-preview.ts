import { useEffect, useMemo, useState } from "react";
import { SECOND_MS } from "#shared/lib/time.ts";
import { type NamedGroup, type PreviewRule, previewRenames, type RenamePreview } from "./rename-preview.ts";

const MOST_MS = 2 * SECOND_MS;

/**
 * What a rule makes of the names. A regular expression is tried in a thread of its own: a careless one can run for
 * ever, and this window must not stand still for it.
 */
export function useRenamePreview(rule: PreviewRule, groups: readonly NamedGroup[]): RenamePreview {
  const { renameBy, find, replacement, isRegularExpression, ignoreCase, mappingText } = rule;
  const isRisky = renameBy === "pattern" && isRegularExpression && find !== "";
  const input = useMemo(
    () => ({
      rule: { renameBy, find, replacement, isRegularExpression, ignoreCase, mappingText },
      groups: groups.map(({ key, name, platform, suggestedName }) => ({
        key,
        name,
        platform,
        suggestedName,
      })),
    }),
    [renameBy, find, replacement, isRegularExpression, ignoreCase, mappingText, groups],
  );
  const simple = useMemo(() => (isRisky ? null : previewRenames(input.rule, input.groups)), [isRisky, input]);
  const [tried, setTried] = useState<{ input: unknown; preview: RenamePreview } | null>(null);
  useEffect(() => {
    if (!isRisky) return undefined;
    const answer = (preview: RenamePreview): void => setTried({ input, preview });
    const worker = new Worker(new URL("./rename-preview-worker.ts", import.meta.url), { type: "module" });
    const deadline = setTimeout(() => {
      worker.terminate();
      answer({ problem: "This expression takes too long. Write a simpler one." });
    }, MOST_MS);
    worker.addEventListener("message", ({ data }: MessageEvent<RenamePreview>) => {
      clearTimeout(deadline);
      answer(data);
    });
    worker.addEventListener("error", () => {
      clearTimeout(deadline);
      answer({ problem: "The preview could not be made. The plan will show every new name." });
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
    worker.postMessage(input);
    return () => {
      clearTimeout(deadline);
      worker.terminate();
    };
  }, [isRisky, input]);
  if (simple) return simple;
  return tried?.input === input ? tried.preview : { problem: "Trying the expression…" };
}
