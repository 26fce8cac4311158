import type { Failure } from "#shared/domain/failure.ts";
import type { OperationCost } from "#shared/domain/operation.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { LinkButton } from "#renderer/ui/link-button.tsx";
import { scopesOf } from "./scopes-of.ts";

const SIGNED_OUT = /^(slack\/(token|account)|telegram\/(session|account-deactivated)|keychain\/)/;

/** Where the operator goes to lift what an operation was paused for. Nothing where waiting is all there is. */
export function PauseRemedy({
  failure,
  costs,
}: {
  failure: Failure;
  costs: readonly Pick<OperationCost, "connectionId">[];
}) {
  if (failure.code === "slack/missing-scope") {
    const scopes = scopesOf(failure);
    return (
      // What was granted is known from the last check: the screen that it leads to would still call it complete.
      <LinkButton to={paths.connections()} variant="primary" onClick={() => checkSlack(costs)}>
        {scopes.length > 0 ? `Add ${scopes.join(", ")}` : "Add the permission"}
      </LinkButton>
    );
  }
  if (!SIGNED_OUT.test(failure.code)) return null;
  return (
    <LinkButton to={paths.connections()} variant="primary">
      Sign in again
    </LinkButton>
  );
}

/** A check that fails leaves the screen to say so. */
function checkSlack(costs: readonly Pick<OperationCost, "connectionId">[]): void {
  const askAgain = () => queryClient.invalidateQueries({ queryKey: orpc.connections.list.key() });
  for (const { connectionId } of costs)
    if (connectionId.startsWith("slack:"))
      void client.connections.check({ connectionId }).then(askAgain, askAgain);
}
