import type { Connection } from "#shared/domain/connection.ts";
import type { Terminal } from "./terminal.ts";

/** Names the permissions that a connection lacks, and what each is for. */
export function noteMissingScopes({ scopes }: Connection, terminal: Terminal): void {
  for (const { scope, purpose, need } of scopes.filter((one) => !one.granted)) {
    terminal.note(`missing scope ${scope} (${need}): ${purpose}`);
  }
}
