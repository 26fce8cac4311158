import { Check, Minus, X } from "lucide-react";
import type { ScopeStatus } from "#shared/domain/connection.ts";
import { sortScopes } from "./connection-words.ts";

/** Every permission Muster can use: whether it was granted, and what it is for. */
export function ScopesTable({ scopes }: { scopes: readonly ScopeStatus[] }) {
  return (
    <div className="overflow-x-auto rounded-md border border-line">
      <table className="w-full text-sm">
        <caption className="sr-only">Permissions of the Slack app</caption>
        <thead className="bg-sunken text-left text-xs text-fg-muted">
          <tr>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Scope
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              What it is for
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              State
            </th>
          </tr>
        </thead>
        <tbody>
          {sortScopes(scopes).map((scope) => (
            <tr key={scope.scope} className="border-t border-line align-top">
              <td className="px-3 py-1.5 font-mono text-xs leading-5 whitespace-nowrap">{scope.scope}</td>
              <td className="min-w-48 px-3 py-1.5 text-fg-muted">{scope.purpose}</td>
              <td className="px-3 py-1.5 whitespace-nowrap">
                <ScopeMark scope={scope} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ScopeMark({ scope }: { scope: ScopeStatus }) {
  const style = "inline-flex items-center gap-1.5 [&_svg]:size-3.5";
  if (scope.granted)
    return (
      <span className={`${style} text-ok-fg`}>
        <Check aria-hidden="true" /> Granted
      </span>
    );
  if (scope.need === "needed")
    return (
      <span className={`${style} font-medium text-danger-fg`}>
        <X aria-hidden="true" /> Missing, needed
      </span>
    );
  return (
    <span className={`${style} text-fg-muted`}>
      <Minus aria-hidden="true" /> Missing, useful
    </span>
  );
}
