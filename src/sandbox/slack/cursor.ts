import { SlackRefusal } from "#sandbox/slack/refusal.ts";

/**
 * Opaque page cursors in the shape Slack's documentation shows: base64 of `user:U061NFTT2`, `team:C061FA5PB` or
 * `next_ts:1512085861000543`. They name the first item of the next page, so they stay good while others come and go.
 */
export function encodeCursor(kind: "user" | "team" | "next_ts" | "file", first: string): string {
  return Buffer.from(`${kind}:${first}`, "utf8").toString("base64");
}

/** The item a cursor names, or null for no cursor. Refuses anything else with `invalid_cursor`. */
export function decodeCursor(kind: "user" | "team" | "next_ts" | "file", cursor: string): string | null {
  if (cursor === "") return null;
  const text = Buffer.from(cursor, "base64").toString("utf8");
  const valid = text.startsWith(`${kind}:`) && Buffer.from(text, "utf8").toString("base64") === cursor;
  if (!valid) throw new SlackRefusal("invalid_cursor");
  return text.slice(kind.length + 1);
}
