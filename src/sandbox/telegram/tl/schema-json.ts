import { parseType, type Definition } from "#sandbox/telegram/tl/definition.ts";

/** The schema of a layer as a list of entries, the form some packages publish it in. */
export interface SchemaJson {
  /** The layer. */
  readonly l: number;
  readonly e: readonly SchemaJsonEntry[];
}

interface SchemaJsonEntry {
  readonly kind: string;
  readonly name: string;
  readonly type: string;
  readonly id: number;
  readonly arguments: readonly {
    readonly name: string;
    readonly type: string;
    readonly typeModifiers?: { readonly predicate?: string; readonly isVector?: boolean };
  }[];
  readonly typeModifiers?: { readonly isVector?: boolean };
}

/** Turns the entries into definitions. */
export function readSchemaJson({ e }: SchemaJson): Definition[] {
  return e.map((entry) => {
    const resultName = entry.typeModifiers?.isVector ? `Vector<${entry.type}>` : entry.type;
    return {
      name: entry.name,
      id: entry.id >>> 0,
      fields: entry.arguments.map(({ name, type, typeModifiers }) => {
        const [word = "", bit = ""] = typeModifiers?.predicate?.split(".") ?? [];
        return {
          name,
          type: parseType(typeModifiers?.isVector ? `Vector<${type}>` : type),
          flag: bit === "" ? null : { word, bit: Number(bit) },
        };
      }),
      result: parseType(resultName),
      resultName,
      isMethod: entry.kind === "method",
    };
  });
}
