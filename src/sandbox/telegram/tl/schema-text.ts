import { parseType, type Definition, type Field } from "#sandbox/telegram/tl/definition.ts";

const LINE = /^(?<name>[\w.]+)#(?<id>[0-9a-f]{1,8})\s+(?<rest>.*?)=\s*(?<result>[^;]+);$/;
/** Defined by the codec itself. */
const BUILT_IN = new Set(["boolTrue", "boolFalse", "true", "vector"]);

/**
 * Parses a schema in the notation of core.telegram.org/schema. Lines without an id (other than sections and comments)
 * are not of this protocol and are left out.
 */
export function parseSchemaText(text: string): Definition[] {
  let isMethod = false;
  const definitions: Definition[] = [];
  for (const rawLine of text.split("\n")) {
    const line = rawLine.trim();
    if (line === "---functions---") isMethod = true;
    if (line === "---types---") isMethod = false;
    const parts = LINE.exec(line)?.groups as
      { name: string; id: string; rest: string; result: string } | undefined;
    if (!parts || BUILT_IN.has(parts.name)) continue;
    const fields = parts.rest
      .replaceAll(/\{[^}]*\}/g, "")
      .trim()
      .split(/\s+(?=\w+:)/)
      .filter((field) => field !== "");
    const resultName = parts.result.trim();
    definitions.push({
      name: parts.name,
      id: Number.parseInt(parts.id, 16),
      fields: fields.map(parseField),
      result: parseType(resultName),
      resultName,
      isMethod,
    });
  }
  return definitions;
}

function parseField(text: string): Field {
  const colon = text.indexOf(":");
  const name = text.slice(0, colon);
  const type = text.slice(colon + 1);
  const flagged = /^(?<word>\w+)\.(?<bit>\d+)\?(?<type>.+)$/.exec(type)?.groups as
    { word: string; bit: string; type: string } | undefined;
  if (!flagged) return { name, type: parseType(type), flag: null };
  return { name, type: parseType(flagged.type), flag: { word: flagged.word, bit: Number(flagged.bit) } };
}
