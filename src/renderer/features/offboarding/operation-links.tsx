import { useQueries } from "@tanstack/react-query";
import type { OperationId } from "#shared/domain/operation.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { OPERATION_STATE_WORDS } from "#renderer/features/operations/screen.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";

/** The operations of an offboarding, newest first; a plan that was discarded is gone. */
export function OperationLinks({ operationIds }: { operationIds: readonly OperationId[] }) {
  const found = useQueries({
    queries: operationIds
      .toReversed()
      .map((operationId) => orpc.membership.get.queryOptions({ input: { operationId }, retry: false })),
  });
  const operations = found.flatMap(({ data }) => data ?? []);
  if (operations.length === 0) return null;
  return (
    <ul aria-label="Operations" className="shrink-0 border-b border-line px-5 py-2 text-sm">
      {operations.map(({ id, title, state }) => (
        <li key={id} className="flex items-baseline gap-3 py-0.5">
          <TextLink to={paths.operation(id)}>{title}</TextLink>
          <span className="text-fg-muted">{OPERATION_STATE_WORDS[state]}</span>
        </li>
      ))}
    </ul>
  );
}
