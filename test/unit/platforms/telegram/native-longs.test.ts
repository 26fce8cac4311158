import { BinaryReader } from "telegram/extensions/index.js";
import { expect, test } from "vitest";
import { readLongsNatively } from "#main/platforms/telegram/native-longs.ts";

const NUMBERS = [0n, 1n, -1n, 255n, 1_234_567_890_123n, 2n ** 63n - 1n, -(2n ** 63n), -(2n ** 56n) - 1n];

/** Every number signed, then unsigned, and where the reader stands then. */
function readAll(): string[] {
  const bytes = Buffer.alloc(NUMBERS.length * 8);
  NUMBERS.forEach((number, at) => bytes.writeBigInt64LE(number, at * 8));
  return [true, false].flatMap((signed) => {
    const reader = new BinaryReader(bytes);
    const read = NUMBERS.map(() => {
      const long = reader.readLong(signed);
      return `${long.toString()} ${long.shiftRight(3).toString()} ${long.equals(long.add(0))}`;
    });
    return [...read, String(reader.tellPosition())];
  });
}

test("64-bit numbers read natively are those that the library reads", () => {
  const byTheLibrary = readAll();
  const before = BinaryReader.prototype.readLong;
  readLongsNatively();
  expect({ numbers: readAll(), isReplaced: BinaryReader.prototype.readLong !== before }).toEqual({
    numbers: byTheLibrary,
    isReplaced: true,
  });
});

test("a number that is cut off is no number", () => {
  readLongsNatively();
  expect(() => new BinaryReader(Buffer.alloc(7)).readLong()).toThrow(RangeError);
});
