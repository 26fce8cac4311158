import { useQuery } from "@tanstack/react-query";
import { Repeat } from "lucide-react";
import { useState } from "react";
import type { OperationDetail, OperationRequest } from "#shared/domain/operation.ts";
import { mayRepeat, type RecurrenceDraft, type RepeatableRequest } from "#shared/domain/recurrence.ts";
import { orpc } from "#renderer/api/client.ts";
import { Button } from "#renderer/ui/button.tsx";
import { RepeatDialog } from "./repeat-dialog.tsx";

const ONCE: readonly OperationRequest["kind"][] = ["message", "create"];

/**
 * Has an operation planned again and again; nothing where it belongs to another one, and so cannot be repeated, nor where
 * nobody wants the same again: the same message, the same new group.
 */
export function RepeatButton({ operation }: { operation: Pick<OperationDetail, "id"> }) {
  const { id: operationId } = operation;
  const [isOpen, setIsOpen] = useState(false);
  const { data } = useQuery(orpc.membership.requestOf.queryOptions({ input: { operationId } }));
  if (!data || !mayRepeat(data.request) || ONCE.includes(data.request.kind)) return null;
  return (
    <>
      <Button icon={<Repeat />} onClick={() => setIsOpen(true)}>
        Repeat this…
      </Button>
      {isOpen ? <RepeatDialog id={null} draft={firstDraft(data)} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

/** Every night where the operator is, and looked at. */
function firstDraft({ name, request }: RepeatableRequest): RecurrenceDraft {
  return {
    name,
    request,
    isConfirmed: false,
    cron: "0 4 * * *",
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    enabled: true,
  };
}
