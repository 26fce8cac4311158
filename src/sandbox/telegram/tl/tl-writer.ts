import type { Definition, Field, TypeRef } from "#sandbox/telegram/tl/definition.ts";
import type { Schema } from "#sandbox/telegram/tl/schema.ts";
import { FALSE_ID, TRUE_ID, VECTOR_ID } from "#sandbox/telegram/tl/tl-reader.ts";
import type { TlObject, TlValue } from "#sandbox/telegram/tl-value.ts";

/** A value that cannot be written in the client's layer: a defect of whoever made it. */
export class UnwritableValue extends Error {
  override readonly name = "UnwritableValue";
}

/** Frozen objects are written once a layer: the same users come in thousands of answers. */
const written = new WeakMap<Schema, WeakMap<object, Buffer>>();

/**
 * Writes values of the Type Language in one layer. Fields the layer lacks are left out; required fields that a value
 * does not have become empty (0, "", an empty vector, the type's constructor for nothing).
 * Throws `UnwritableValue` for anything else that does not fit.
 */
export class TlWriter {
  #bytes: Buffer;
  #at = 0;
  readonly #schema: Schema;
  readonly #remembered: WeakMap<object, Buffer>;

  constructor(schema: Schema, expectedBytes = 512) {
    this.#schema = schema;
    this.#bytes = Buffer.allocUnsafe(expectedBytes);
    let remembered = written.get(schema);
    if (!remembered) written.set(schema, (remembered = new WeakMap<object, Buffer>()));
    this.#remembered = remembered;
  }

  /** What was written so far; a view that stays valid. */
  finish(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  int(value: number): this {
    this.#room(4);
    this.#at = this.#bytes.writeInt32LE(value | 0, this.#at);
    return this;
  }

  long(value: bigint): this {
    this.#room(8);
    this.#at = this.#bytes.writeBigInt64LE(BigInt.asIntN(64, value), this.#at);
    return this;
  }

  raw(bytes: Uint8Array): this {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
    return this;
  }

  bytes(content: Uint8Array): this {
    const { length } = content;
    this.#room(length + 8);
    if (length < 254) this.#bytes[this.#at++] = length;
    else {
      this.#bytes[this.#at] = 254;
      this.#at = this.#bytes.writeUIntLE(length, this.#at + 1, 3);
    }
    this.#bytes.set(content, this.#at);
    this.#at += length;
    while (this.#at % 4 !== 0) this.#bytes[this.#at++] = 0;
    return this;
  }

  object(value: TlObject): this {
    if (!Object.isFrozen(value)) return this.#object(value);
    let bytes = this.#remembered.get(value);
    if (!bytes) {
      bytes = Buffer.from(new TlWriter(this.#schema).#object(value).finish());
      this.#remembered.set(value, bytes);
    }
    return this.raw(bytes);
  }

  #object(value: TlObject): this {
    const definition = this.#schema.byName.get(value._);
    if (!definition) throw new UnwritableValue(`layer ${this.#schema.layer} has no constructor ${value._}`);
    this.int(definition.id);
    return this.#fields(definition, value);
  }

  #fields(definition: Definition, value: TlObject): this {
    /** Where the words of flags lie; their bits are set as the fields they announce turn up. */
    const words = new Map<string, number>();
    for (const field of definition.fields) {
      const given = value[field.name];
      if (field.type.kind === "flags") {
        words.set(field.name, this.#at);
        this.int(0);
      } else if (field.flag === null) {
        if (given === undefined) this.#empty(field.type, `${definition.name}.${field.name}`);
        else this.value(field.type, given, `${definition.name}.${field.name}`);
      } else if (isGiven(field, given)) {
        const at = words.get(field.flag.word) as number;
        this.#bytes.writeInt32LE(this.#bytes.readInt32LE(at) | (1 << field.flag.bit), at);
        this.value(field.type, given as TlValue, `${definition.name}.${field.name}`);
      }
    }
    return this;
  }

  /** Writes a value as the given type; `place` names it in the message of an `UnwritableValue`. */
  value(type: TypeRef, value: TlValue, place: string): this {
    switch (type.kind) {
      case "int":
      case "flags":
        if (typeof value === "number" && Number.isInteger(value)) return this.int(value);
        break;
      case "long":
        if (typeof value === "bigint") return this.long(value);
        break;
      case "int128":
        if (typeof value === "bigint") return this.raw(fixedBytes(value, 16));
        break;
      case "int256":
        if (typeof value === "bigint") return this.raw(fixedBytes(value, 32));
        break;
      case "double":
        if (typeof value === "number") return this.#double(value);
        break;
      case "string":
        if (typeof value === "string") return this.bytes(Buffer.from(value, "utf8"));
        break;
      case "bytes":
        if (value instanceof Uint8Array) return this.bytes(value);
        break;
      case "Bool":
        if (typeof value === "boolean") return this.int(value ? TRUE_ID : FALSE_ID);
        break;
      case "true":
        return this;
      case "vector":
        if (Array.isArray(value)) return this.#vector(type, value as readonly TlValue[], place);
        break;
      case "bare": {
        const definition = this.#schema.byName.get(type.constructorName);
        if (definition && isObject(value)) return this.#fields(definition, value);
        break;
      }
      case "boxed":
        if (typeof value === "boolean") return this.int(value ? TRUE_ID : FALSE_ID);
        if (isObject(value)) return this.#boxed(type.type, value, place);
        break;
      case "request":
        if (isObject(value)) return this.object(value);
        break;
    }
    throw new UnwritableValue(`${place} cannot be ${describe(value)}`);
  }

  #boxed(type: string, value: TlObject, place: string): this {
    const definition = this.#schema.byName.get(value._);
    if (definition && (definition.isMethod || definition.resultName !== type) && type !== "X") {
      throw new UnwritableValue(`${place} must be a ${type}, not ${value._} (${definition.resultName})`);
    }
    return this.object(value);
  }

  #vector(type: Extract<TypeRef, { kind: "vector" }>, values: readonly TlValue[], place: string): this {
    if (!type.bare) this.int(VECTOR_ID);
    this.int(values.length);
    for (const value of values) this.value(type.of, value, place);
    return this;
  }

  #empty(type: TypeRef, place: string): this {
    switch (type.kind) {
      case "int":
      case "flags":
        return this.int(0);
      case "long":
        return this.long(0n);
      case "int128":
        return this.raw(new Uint8Array(16));
      case "int256":
        return this.raw(new Uint8Array(32));
      case "double":
        return this.#double(0);
      case "string":
      case "bytes":
        return this.bytes(new Uint8Array(0));
      case "Bool":
        return this.int(FALSE_ID);
      case "true":
        return this;
      case "vector":
        return this.#vector(type, [], place);
      case "boxed": {
        const name = this.#emptyConstructorOf(type.type);
        if (name !== null) return this.#object({ _: name });
        break;
      }
      case "bare":
      case "request":
        break;
    }
    throw new UnwritableValue(`${place} is missing`);
  }

  /** The one constructor of a type that stands for nothing: named so, or the only one without required fields. */
  #emptyConstructorOf(type: string): string | null {
    const candidates = (this.#schema.constructorsOf.get(type) ?? []).filter((one) =>
      one.fields.every((field) => field.flag !== null || field.type.kind === "flags"),
    );
    const named = candidates.find((one) => one.name.endsWith("Empty"));
    return (named ?? (candidates.length === 1 ? candidates[0] : undefined))?.name ?? null;
  }

  #double(value: number): this {
    this.#room(8);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
    return this;
  }

  #room(length: number): void {
    const needed = this.#at + length;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

/** The bytes of one object. */
export function writeObject(schema: Schema, value: TlObject): Buffer {
  return new TlWriter(schema).object(value).finish();
}

function isGiven(field: Field, given: TlValue | undefined): boolean {
  return field.type.kind === "true" ? given === true : given !== undefined;
}

function isObject(value: TlValue): value is TlObject {
  return typeof value === "object" && "_" in value;
}

function fixedBytes(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(length * 2, "0"), "hex");
}

function describe(value: TlValue): string {
  if (Array.isArray(value)) return "a vector";
  if (value instanceof Uint8Array) return "bytes";
  return typeof value === "object" ? (value as TlObject)._ : `${typeof value} ${String(value)}`;
}
