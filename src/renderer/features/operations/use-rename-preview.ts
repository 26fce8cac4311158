import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { RenamePreview } from "#shared/contract/membership.ts";
import { orpc } from "#renderer/api/client.ts";
import { type ShownFailure, toFailure } from "#renderer/api/to-failure.ts";
import { useSettled } from "#renderer/ui/use-settled.ts";
import { requestOf } from "./draft-request.ts";
import type { OperationDraft } from "./operation-draft.ts";

/** Enough to see what a rule does; the plan shows every one. */
const SHOWN = 100;

/** Long enough to go on typing. */
const REST_MS = 250;

export type ShownPreview =
  | { readonly preview: RenamePreview; readonly isStale: boolean }
  /** The rule cannot be used, for the reason that its plan would give. */
  | { readonly failure: ShownFailure }
  /** What is still to be written or chosen; null while the answer is awaited. */
  | { readonly missing: string | null };

/**
 * What the rule makes of the names in the newest results, decided as the plan decides it. Asked for once the typing rests;
 * a question that is no longer the one is taken back, also one that an expression without an end keeps busy.
 */
export function useRenamePreview(draft: OperationDraft): ShownPreview {
  const rested = useSettled(draft, REST_MS);
  const asked = requestOf(rested);
  const request = "request" in asked && asked.request.kind === "rename" ? asked.request : null;
  const { data, error, isPlaceholderData } = useQuery({
    ...orpc.membership.previewRename.queryOptions({
      input: {
        rule: request?.rule ?? { by: "deprecated" },
        groups: request?.groups ?? { by: "all" },
        platforms: request?.platforms ?? ["slack"],
        cursor: null,
        limit: SHOWN,
      },
    }),
    enabled: request !== null,
    placeholderData: keepPreviousData,
  });
  if (request === null) return { missing: "missing" in asked ? asked.missing : null };
  if (error) return { failure: toFailure(error) };
  return data ? { preview: data, isStale: isPlaceholderData || rested !== draft } : { missing: null };
}
