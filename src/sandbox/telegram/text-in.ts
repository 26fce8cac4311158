import type { TlObject } from "#sandbox/telegram/tl-value.ts";

/** A text field of a request; empty when it was left out. */
export function textIn(request: TlObject, field: string): string {
  const value = request[field];
  return typeof value === "string" ? value : "";
}
