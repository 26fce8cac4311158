import type { OperationKind, OperationRequest } from "#shared/domain/operation.ts";

const PREFIXES: Readonly<Record<OperationKind, string>> = {
  add: "add_members",
  remove: "remove_members",
  rename: "rename_groups",
  history: "show_history",
  create: "create_groups",
  message: "send_messages",
};

/** What the files about an operation are called, without when: as the scripts called theirs that did such work. */
export function logPrefix(kind: OperationKind, request: OperationRequest | null): string {
  return request?.kind === "history" && !request.visible ? "hide_history" : PREFIXES[kind];
}

/** The `turn`th name (from 1) for a log: the first is the plain one. */
export function logName(prefix: string, stamp: string, turn: number): string {
  return `${prefix}_${stamp}${turn === 1 ? "" : `_${turn}`}`;
}
