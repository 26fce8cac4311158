/** The type of a field, or of a method's result. */
export type TypeRef =
  | { readonly kind: Primitive }
  | { readonly kind: "vector"; readonly of: TypeRef; readonly bare: boolean }
  /** Any constructor of a boxed type, such as `User`. */
  | { readonly kind: "boxed"; readonly type: string }
  /** One constructor without its id in front, such as `future_salt`. */
  | { readonly kind: "bare"; readonly constructorName: string }
  /** `!X`: a request inside a request. */
  | { readonly kind: "request" };

export type Primitive =
  | "int"
  | "long"
  | "int128"
  | "int256"
  | "double"
  | "string"
  | "bytes"
  | "Bool"
  | "true"
  /** The word of flags, `#`. */
  | "flags";

export interface Field {
  readonly name: string;
  readonly type: TypeRef;
  /** Present only when the bit of the named flags word is set. */
  readonly flag: { readonly word: string; readonly bit: number } | null;
}

/** A constructor or a method of the Type Language. */
export interface Definition {
  readonly name: string;
  /** Unsigned 32 bits. */
  readonly id: number;
  readonly fields: readonly Field[];
  readonly result: TypeRef;
  /** The result as it is written in the schema: the boxed type a constructor belongs to. */
  readonly resultName: string;
  readonly isMethod: boolean;
}

const PRIMITIVES: Readonly<Record<string, Primitive>> = {
  int: "int",
  long: "long",
  // Some published schemas mark ids that fit a JavaScript number so; on the wire they are longs.
  int53: "long",
  int128: "int128",
  int256: "int256",
  double: "double",
  string: "string",
  bytes: "bytes",
  Bool: "Bool",
  true: "true",
  "#": "flags",
};

/** Reads a type as schemas write it: `long`, `Vector<User>`, `vector<%Message>`, `future_salt`, `InputPeer`, `!X`. */
export function parseType(text: string): TypeRef {
  const primitive = PRIMITIVES[text];
  if (primitive) return { kind: primitive };
  if (text.startsWith("!")) return { kind: "request" };
  const vector = /^([Vv])ector[<\s](.+?)>?$/.exec(text);
  if (vector) return { kind: "vector", of: parseType(vector[2] as string), bare: vector[1] === "v" };
  if (text.startsWith("%")) return { kind: "bare", constructorName: text.slice(1) };
  const last = text.slice(text.lastIndexOf(".") + 1);
  return /^[a-z]/.test(last) ? { kind: "bare", constructorName: text } : { kind: "boxed", type: text };
}
