import { z } from "zod";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

const List = z.array(z.string());
const Mapping = z.record(z.string(), z.string());

/** One line of a mapping from old names to new ones. */
export interface MappingLine {
  readonly from: string;
  readonly to: string;
}

/** The names that these lines hold as one JSON text, a list or the old names of a mapping; null when they are none. */
export function readJsonLines(lines: readonly string[]): readonly string[] | null {
  const [first] = lines.map((line) => line.trim()).filter((line) => line !== "");
  if (!/^\uFEFF?[[{]/u.test(first ?? "")) return null;
  const parsed = parse(lines.join("\n"));
  const list = List.safeParse(parsed);
  if (list.success) return list.data;
  const mapping = Mapping.safeParse(parsed);
  return mapping.success ? Object.keys(mapping.data) : null;
}

/**
 * A mapping file, `{"old name": "new name", …}`, in its order. `input/file-invalid` for anything else; a name that stands
 * there twice keeps its last line, as in every JSON file.
 */
export function readMapping(fileName: string, text: string): Result<MappingLine[], Failure> {
  const mapping = Mapping.safeParse(parse(text));
  if (mapping.success && Object.keys(mapping.data).length > 0)
    return ok(Object.entries(mapping.data).map(([from, to]) => ({ from, to })));
  return err(
    failure(
      "input/file-invalid",
      { fileName },
      'A mapping is one JSON object of texts: {"old name": "new name"}.',
    ),
  );
}

/** Undefined for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch {
    return undefined;
  }
}
