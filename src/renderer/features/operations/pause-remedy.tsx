import type { Failure } from "#shared/domain/failure.ts";
import { paths } from "#renderer/api/paths.ts";
import { LinkButton } from "#renderer/ui/link-button.tsx";
import { scopesOf } from "./scopes-of.ts";

const SIGNED_OUT = /^(slack\/(token|account)|telegram\/(session|account-deactivated)|keychain\/)/;

/** Where the operator goes to lift what an operation was paused for. Nothing where waiting is all there is. */
export function PauseRemedy({ failure }: { failure: Failure }) {
  if (failure.code === "slack/missing-scope") {
    const scopes = scopesOf(failure);
    return (
      <LinkButton to={paths.connections()} variant="primary">
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
