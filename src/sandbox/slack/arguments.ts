import { SlackRefusal } from "#sandbox/slack/refusal.ts";

/** A call's arguments as text, however they arrived; objects and arrays of a JSON body are JSON text again. */
export type Arguments = ReadonlyMap<string, string>;

/** A text argument; empty when absent. */
export function textOf(args: Arguments, name: string): string {
  return args.get(name) ?? "";
}

/** A text argument Slack requires; refuses with `invalid_arguments` and the message Slack adds. */
export function requiredText(args: Arguments, name: string): string {
  const value = textOf(args, name);
  if (value !== "") return value;
  throw new SlackRefusal("invalid_arguments", {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  });
}

/** Slack takes `true`, `1` and their opposites. */
export function flagOf(args: Arguments, name: string, fallback = false): boolean {
  const value = textOf(args, name).toLowerCase();
  return value === "" ? fallback : value === "true" || value === "1";
}

/** The `limit` of a paged method: `fallback` when absent, `invalid_limit` when not a whole number from 1 to `most`. */
export function limitOf(args: Arguments, fallback: number, most: number): number {
  const value = textOf(args, "limit");
  if (value === "" || value === "0") return fallback;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) throw new SlackRefusal("invalid_limit");
  return limit;
}

/** A comma separated list; blanks around items are dropped, as are empty items. */
export function listOf(args: Arguments, name: string): string[] {
  return textOf(args, name)
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
