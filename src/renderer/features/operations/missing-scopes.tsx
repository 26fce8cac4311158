import type { Failure } from "#shared/domain/failure.ts";
import { scopesOf } from "./scopes-of.ts";

/** The permissions that a failure asks for, by name. Nothing where it names none. */
export function MissingScopes({ failure }: { failure: Pick<Failure, "facts"> }) {
  const scopes = scopesOf(failure);
  if (scopes.length === 0) return null;
  return (
    <>
      {" "}
      Missing: <code className="font-mono text-xs">{scopes.join(", ")}</code>.
    </>
  );
}
