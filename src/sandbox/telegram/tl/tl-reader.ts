import { gunzipSync } from "node:zlib";
import type { Definition, Field, TypeRef } from "#sandbox/telegram/tl/definition.ts";
import type { Schema } from "#sandbox/telegram/tl/schema.ts";
import type { TlObject, TlValue } from "#sandbox/telegram/tl-value.ts";

export const VECTOR_ID = 0x1cb5c415;
export const TRUE_ID = 0x997275b5;
export const FALSE_ID = 0xbc799737;
export const GZIP_PACKED_ID = 0x3072cfa1;
/** More than any answer or request of the API holds; a length beyond it is garbage or an attack. */
const MOST_INFLATED_BYTES = 64 * 1024 * 1024;

/** Bytes that are no value of the schema. */
export class TlFormatError extends Error {
  override readonly name = "TlFormatError";
}

/** A constructor id the schema does not know. */
export class UnknownConstructor extends TlFormatError {
  readonly id: number;

  constructor(id: number) {
    super(`unknown constructor #${id.toString(16)}`);
    this.id = id;
  }
}

/** Reads values of the Type Language from bytes. Throws `TlFormatError` for bytes that do not fit. */
export class TlReader {
  readonly #bytes: Buffer;
  readonly #schema: Schema;
  #at = 0;

  constructor(bytes: Buffer, schema: Schema) {
    this.#bytes = bytes;
    this.#schema = schema;
  }

  get position(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  /** The next constructor id, without moving on. */
  peekId(): number {
    return this.#need(4).readUInt32LE(this.#at);
  }

  int(): number {
    const value = this.#need(4).readInt32LE(this.#at);
    this.#at += 4;
    return value;
  }

  id(): number {
    return this.int() >>> 0;
  }

  long(): bigint {
    const value = this.#need(8).readBigInt64LE(this.#at);
    this.#at += 8;
    return value;
  }

  raw(length: number): Buffer {
    if (length < 0) throw new TlFormatError("negative length");
    this.#need(length);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** The `bytes` (or `string`) encoding: a length of one or four bytes, the content, padding to four. */
  bytes(): Buffer {
    let length = this.#need(1).readUInt8(this.#at);
    let header = 1;
    if (length === 254) {
      length = this.#need(4).readUIntLE(this.#at + 1, 3);
      header = 4;
    } else if (length === 255) throw new TlFormatError("length byte 255");
    this.#at += header;
    const content = this.raw(length);
    this.raw((4 - ((header + length) % 4)) % 4);
    return content;
  }

  /** A boxed object of any type; a packed one is unpacked. */
  object(): TlObject {
    const id = this.id();
    if (id === GZIP_PACKED_ID) return new TlReader(inflate(this.bytes()), this.#schema).object();
    const definition = this.#schema.byId.get(id);
    if (!definition) throw new UnknownConstructor(id);
    return this.#fields(definition);
  }

  #fields(definition: Definition): TlObject {
    const object: Record<string, TlValue> & { _: string } = { _: definition.name };
    const flagWords = new Map<string, number>();
    for (const field of definition.fields) {
      if (field.type.kind === "flags") flagWords.set(field.name, this.int());
      else if (isPresent(field, flagWords)) object[field.name] = this.value(field.type);
    }
    return object;
  }

  value(type: TypeRef): TlValue {
    switch (type.kind) {
      case "int":
      case "flags":
        return this.int();
      case "long":
        return this.long();
      case "int128":
        return bigEndian(this.raw(16));
      case "int256":
        return bigEndian(this.raw(32));
      case "double": {
        const value = this.#need(8).readDoubleLE(this.#at);
        this.#at += 8;
        return value;
      }
      case "string":
        return this.bytes().toString("utf8");
      case "bytes":
        return this.bytes();
      case "true":
        return true;
      case "Bool":
        return this.#bool();
      case "vector":
        return this.#vector(type);
      case "bare": {
        const definition = this.#schema.byName.get(type.constructorName);
        if (!definition) throw new TlFormatError(`unknown bare constructor ${type.constructorName}`);
        return this.#fields(definition);
      }
      case "boxed":
      case "request":
        return this.object();
    }
  }

  #bool(): boolean {
    const id = this.id();
    if (id === TRUE_ID) return true;
    if (id === FALSE_ID) return false;
    throw new TlFormatError("a Bool is neither true nor false");
  }

  #vector(type: Extract<TypeRef, { kind: "vector" }>): TlValue[] {
    if (!type.bare && this.id() !== VECTOR_ID) throw new TlFormatError("a vector was expected");
    const count = this.int();
    // Every element takes at least four bytes, save flags-only ones that no vector holds.
    if (count < 0 || count * 4 > this.remaining) throw new TlFormatError("a vector longer than its message");
    return Array.from({ length: count }, () => this.value(type.of));
  }

  #need(length: number): Buffer {
    if (this.remaining < length) throw new TlFormatError("the message ends too early");
    return this.#bytes;
  }
}

/** Inflates the content of gzip_packed, within limits. */
export function inflate(packed: Buffer): Buffer {
  try {
    return gunzipSync(packed, { maxOutputLength: MOST_INFLATED_BYTES });
  } catch {
    throw new TlFormatError("packed data cannot be inflated");
  }
}

function isPresent({ flag }: Field, flagWords: ReadonlyMap<string, number>): boolean {
  return flag === null || (((flagWords.get(flag.word) ?? 0) >>> flag.bit) & 1) === 1;
}

/** Nonces are compared and hashed as they were sent, so their bytes keep their order. */
function bigEndian(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex")}`);
}
