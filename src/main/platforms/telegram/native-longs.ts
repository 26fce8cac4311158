import { BinaryReader } from "telegram/extensions/index.js";
import { returnBigInt } from "telegram/Helpers.js";

/** What the library keeps private of its reader. */
interface Position {
  readonly stream: Buffer;
  offset: number;
}

/**
 * Replaces how the library reads 64-bit numbers, for the whole process: it writes each out as text and parses that
 * again, which was a third of the time a page of members takes. The numbers are the same.
 */
export function readLongsNatively(): void {
  BinaryReader.prototype.readLong = function readLong(signed = true) {
    const position = this as unknown as Position;
    const at = position.offset;
    const value = signed ? position.stream.readBigInt64LE(at) : position.stream.readBigUInt64LE(at);
    position.offset = at + 8;
    return returnBigInt(value);
  };
}
