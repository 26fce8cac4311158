import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { showToast } from "#renderer/ui/show-toast.ts";
import type { ImportPreview } from "#shared/contract/team.ts";
import { discardRulesDraft } from "./use-rules-draft.ts";

export interface ChosenImport {
  readonly importId: string;
  readonly preview: ImportPreview;
}

/** Importing in two steps: choose a file and see what it would do, then do it. */
export function useImport() {
  const [chosen, setChosen] = useState<ChosenImport | null>(null);
  const choosing = useMutation(
    orpc.team.chooseImport.mutationOptions({
      onSuccess: setChosen,
      onError: (error) => {
        const failure = toFailure(error);
        showToast({ tone: "danger", message: failure.message, hint: failure.todo });
      },
    }),
  );
  const applying = useMutation(
    orpc.team.applyImport.mutationOptions({
      onSuccess: (applied) => {
        queryClient.setQueryData(orpc.team.get.queryKey(), applied);
        discardRulesDraft();
        showToast({ tone: "ok", message: `${chosen?.preview.fileName ?? "The file"} was imported.` });
        setChosen(null);
      },
    }),
  );
  return {
    chosen,
    choose: () => choosing.mutate(undefined),
    isChoosing: choosing.isPending,
    apply: () => {
      if (chosen) applying.mutate({ importId: chosen.importId });
    },
    isApplying: applying.isPending,
    failure: applying.error ? toFailure(applying.error) : null,
    close: () => {
      applying.reset();
      setChosen(null);
    },
  };
}
