import { readSchemaJson } from "#sandbox/telegram/tl/schema-json.ts";
import { parseSchemaText } from "#sandbox/telegram/tl/schema-text.ts";
import { buildSchema, type Schema } from "#sandbox/telegram/tl/schema.ts";

/** The layer spoken to a client that named none. */
export const BASE_LAYER = 198;
const NEWER_LAYER = 227;

let base: Promise<Schema> | null = null;
let newer: Promise<Schema> | null = null;

/**
 * The schema for a client of a layer: the nearer one of those at hand. Telegram publishes each layer's schema; the two
 * here are read from the packages that carry them (`telegram`, `@mtcute/core`), only when a client asks for them, and
 * shared by every server of the process.
 */
export function loadSchema(layer: number): Promise<Schema> {
  return layer - BASE_LAYER <= NEWER_LAYER - layer ? loadBase() : loadNewer();
}

function loadBase(): Promise<Schema> {
  base ??= import("telegram/tl/apiTl.js").then(({ default: text }) =>
    buildSchema(BASE_LAYER, parseSchemaText(text)),
  );
  return base;
}

function loadNewer(): Promise<Schema> {
  newer ??= import("@mtcute/core/tl/api-schema.json", { with: { type: "json" } }).then(({ default: json }) =>
    buildSchema(NEWER_LAYER, readSchemaJson(json)),
  );
  return newer;
}
