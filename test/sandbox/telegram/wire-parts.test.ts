import { createCipheriv, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fromBytes, powMod, toBytes } from "#sandbox/telegram/crypto/big-numbers.ts";
import { decryptIge, encryptIge } from "#sandbox/telegram/crypto/ige.ts";
import { BudgetBook } from "#sandbox/telegram/budgets.ts";
import { TransportError } from "#sandbox/telegram/transport/framing.ts";
import { Transport } from "#sandbox/telegram/transport/transport.ts";
import { UpdateLog } from "#sandbox/telegram/updates/update-log.ts";
import { MessageIds } from "#sandbox/telegram/wire/message-ids.ts";
import { ServerSalts } from "#sandbox/telegram/wire/server-salts.ts";

describe("AES-IGE", () => {
  test("chains each block with the plain and the encrypted one before it", () => {
    const [key, iv, plain] = [randomBytes(32), randomBytes(32), randomBytes(160)];
    const encrypted = encryptIge(plain, key, iv);
    let before: Buffer = iv.subarray(0, 16);
    let beforePlain: Buffer = iv.subarray(16);
    const expected: Buffer[] = [];
    for (let at = 0; at < plain.length; at += 16) {
      const block = plain.subarray(at, at + 16);
      const cipher = createCipheriv("aes-256-ecb", key, null).setAutoPadding(false);
      before = xor(cipher.update(xor(block, before)), beforePlain);
      beforePlain = block;
      expected.push(before);
    }
    expect(encrypted).toEqual(Buffer.concat(expected));
    expect(decryptIge(encrypted, key, iv)).toEqual(plain);
  });
});

test("powers by windows are the powers by multiplying", () => {
  const [base, modulus] = [fromBytes(randomBytes(32)), fromBytes(randomBytes(32)) | 1n];
  let power = 1n;
  for (let exponent = 0n; exponent < 40n; exponent++) {
    expect(powMod(base, exponent, modulus)).toBe(power % modulus);
    power = (power * base) % modulus;
  }
  expect(toBytes(258n, 4).toString("hex")).toBe("00000102");
});

describe("a transport", () => {
  const short = Buffer.alloc(40, 1);
  const long = Buffer.alloc(2_000, 2);

  test.each([
    ["abridged", Buffer.from("ef", "hex"), (packet: Buffer) => abridge(packet)],
    ["intermediate", Buffer.from("eeeeeeee", "hex"), (packet: Buffer) => withLength(packet)],
    ["padded-intermediate", Buffer.from("dddddddd", "hex"), (packet: Buffer) => withLength(packet)],
  ])("that is %s is recognised and read however the bytes are cut", (name, tag, frame) => {
    const stream = Buffer.concat([tag, frame(short), frame(long)]);
    for (const size of [1, 3, 64, stream.length]) {
      const transport = new Transport();
      const packets: Buffer[] = [];
      for (let at = 0; at < stream.length; at += size)
        packets.push(...transport.receive(stream.subarray(at, at + size)));
      expect([transport.name, packets]).toEqual([name, [short, long]]);
    }
  });

  test.each([
    ["a packet of 100 MB", Buffer.from("eeeeeeee00e1f505", "hex")],
    ["a checksum that does not fit", Buffer.from("1000000000000000aaaaaaaa00000000", "hex")],
    ["nothing of the protocol", Buffer.alloc(64, 0x47)],
  ])("breaks over %s", (_name, bytes) => {
    expect(() => new Transport().receive(bytes)).toThrow(TransportError);
  });
});

test("message ids rise, tell the time, and show whom they answer", () => {
  let nowMs = 1_793_500_000_500;
  const ids = new MessageIds(() => nowMs);
  const first = [ids.next("answer"), ids.next("push"), ids.next("answer")];
  nowMs -= 5_000;
  const afterSetBack = ids.next("push");
  const all = [...first, afterSetBack];
  expect([
    all.map((id) => id % 4n),
    all.every((id, at) => at === 0 || id > (all[at - 1] as bigint)),
    Number((first[0] as bigint) >> 32n),
  ]).toEqual([[1n, 3n, 1n, 3n], true, 1_793_500_000]);
});

test("a salt is good for half an hour after the next one began, whatever the clock does", () => {
  const salts = new ServerSalts(7n, 1_000);
  const [current, next] = salts.future(1_000, 2);
  expect([
    salts.current(1_000),
    current?.value,
    salts.current(2_900) === next?.value,
    salts.isValid(7n, 2_900),
    salts.isValid(7n, 4_700),
    salts.isValid(salts.current(500), 500),
    salts.isValid(salts.current(9_999_999), 9_999_999),
  ]).toEqual([7n, 7n, true, true, false, true, true]);
});

test("a budget lets bursts through, makes the rest wait, and forgets calls of a clock that was set back", () => {
  let nowMs = 10_000_000;
  const book = new BudgetBook(true, 1, () => nowMs);
  const take = (holder = "ann"): string => {
    try {
      book.take(holder, "messages.getHistory");
      return "ok";
    } catch (error) {
      return (error as Error).message;
    }
  };
  const burst = Array.from({ length: 31 }, () => take());
  expect([new Set(burst.slice(0, 30)), burst.at(-1), take("bob")]).toEqual([
    new Set(["ok"]),
    "FLOOD_WAIT_30",
    "ok",
  ]);
  nowMs += 25_000;
  // Five seconds would do, but a wait is never shorter than ten.
  expect(take()).toBe("FLOOD_WAIT_10");
  nowMs -= 3_600_000;
  expect(take()).toBe("ok");
});

test("a box of updates keeps the newest and knows what it no longer knows", () => {
  const log = new UpdateLog(1);
  const change = { update: () => ({ _: "updateConfig" }) };
  for (let time = 0; time < 10_001; time++) log.add(change, 1, 100);
  log.add(change, 0, 100);
  expect([
    log.pts,
    log.since(1, 0),
    log.since(log.pts - 2, 101)?.length,
    log.since(log.pts, 100)?.length,
  ]).toEqual([10_002, null, 2, 1]);
});

function xor(one: Buffer, other: Uint8Array): Buffer {
  return Buffer.from(one.map((byte, at) => byte ^ (other[at] as number)));
}

function abridge(packet: Buffer): Buffer {
  const words = packet.length / 4;
  const head = words < 127 ? [words] : [127, words & 255, words >> 8, 0];
  return Buffer.concat([Buffer.from(head), packet]);
}

function withLength(packet: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(packet.length);
  return Buffer.concat([head, packet]);
}
