import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { loadSchema } from "#sandbox/telegram/tl/layers.ts";
import { PROTOCOL_SCHEMA } from "#sandbox/telegram/tl/schema.ts";
import { TlFormatError, TlReader } from "#sandbox/telegram/tl/tl-reader.ts";
import { TlWriter, UnwritableValue, writeObject } from "#sandbox/telegram/tl/tl-writer.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";

const ANN: TlObject = { _: "user", self: true, id: 5_000_000_001n, first_name: "Ann", bot_guard: true };

describe("values of the Type Language", () => {
  test("are written in the documented bytes", () => {
    const pong = writeObject(PROTOCOL_SCHEMA, { _: "pong", msg_id: 1n, ping_id: -2n });
    expect(pong.toString("hex")).toBe("c57377340100000000000000feffffffffffffff");
  });

  test("come back as they were, flags and nested objects included", async () => {
    const schema = await loadSchema(198);
    const value: TlObject = {
      _: "messages.dialogs",
      dialogs: [],
      messages: [
        {
          _: "message",
          out: true,
          id: 7,
          peer_id: { _: "peerChannel", channel_id: 1_000_000_001n },
          date: 1_793_500_000,
          message: "ünïcode 👋",
          entities: [{ _: "messageEntityBold", offset: 0, length: 4 }],
        },
      ],
      chats: [],
      users: [{ _: "user", self: true, id: 5_000_000_001n, first_name: "Ann" }],
    };
    expect(new TlReader(writeObject(schema, value), schema).object()).toEqual(value);
  });

  test("are written in the layer of the client: each gets the fields and the constructor it knows", async () => {
    const [older, newer] = await Promise.all([loadSchema(198), loadSchema(227)]);
    const [forOlder, forNewer] = [writeObject(older, ANN), writeObject(newer, ANN)];
    const { bot_guard: _, ...known } = ANN;
    expect([
      forOlder.readUInt32LE(0) === forNewer.readUInt32LE(0),
      new TlReader(forOlder, older).object(),
      new TlReader(forNewer, newer).object(),
    ]).toEqual([false, known, ANN]);
  });

  test.each([
    [150, 198],
    [212, 198],
    [213, 227],
    [300, 227],
  ])("of a client of layer %d are read and written as in layer %d", async (asked, used) => {
    expect((await loadSchema(asked)).layer).toBe(used);
  });

  test("without a required field get an empty one", async () => {
    const schema = await loadSchema(198);
    const value = writeObject(schema, { _: "users.userFull", full_user: { _: "userFull", id: 1n } });
    expect(new TlReader(value, schema).object()).toEqual({
      _: "users.userFull",
      full_user: {
        _: "userFull",
        id: 1n,
        settings: { _: "peerSettings" },
        notify_settings: { _: "peerNotifySettings" },
        common_chats_count: 0,
      },
      chats: [],
      users: [],
    });
  });

  test("that are frozen are written alike every time, in each layer", async () => {
    const [older, newer] = await Promise.all([loadSchema(198), loadSchema(227)]);
    const frozen = Object.freeze({ ...ANN });
    expect([writeObject(older, frozen), writeObject(older, frozen), writeObject(newer, frozen)]).toEqual([
      writeObject(older, ANN),
      writeObject(older, ANN),
      writeObject(newer, ANN),
    ]);
  });

  test.each([
    ["an unknown constructor", { _: "nothing" }, "layer 198 has no constructor nothing"],
    ["a number for a long", { _: "user", id: 5 }, "user.id cannot be number 5"],
    [
      "another type",
      { _: "peerUser", user_id: { _: "peerSettings" } },
      "peerUser.user_id cannot be peerSettings",
    ],
    [
      "a constructor of another type",
      { _: "updates.difference", state: { _: "peerSettings" } },
      "updates.difference.state must be a updates.State, not peerSettings (PeerSettings)",
    ],
    ["nothing where something must be", { _: "updateShort" }, "updateShort.update is missing"],
  ])("cannot be written with %s", async (_name, value, message) => {
    const schema = await loadSchema(198);
    expect(() => writeObject(schema, value as TlObject)).toThrow(new UnwritableValue(message));
  });

  test.each([
    ["too short", "c573773401"],
    ["of an unknown constructor", "11111111"],
    ["a vector longer than its message", "59b4d66215c4b51cffffff7f"],
    ["packed and broken", "a1cf72300403030303000000"],
    ["packed endlessly", packedTwice()],
  ])("are refused when they are %s", (_name, hex) => {
    const reader = new TlReader(Buffer.from(hex, "hex"), PROTOCOL_SCHEMA);
    expect(() => reader.object()).toThrow(TlFormatError);
  });

  test("longer than 253 bytes have a longer head", () => {
    const content = Buffer.alloc(70_001, 7);
    const written = new TlWriter(PROTOCOL_SCHEMA, 16).bytes(content).finish();
    expect([written.length % 4, new TlReader(written, PROTOCOL_SCHEMA).bytes().equals(content)]).toEqual([
      0,
      true,
    ]);
  });
});

/** A few hundred bytes that claim to be 80 MB. */
function packedTwice(): string {
  const bomb = gzipSync(Buffer.alloc(80_000_000));
  return new TlWriter(PROTOCOL_SCHEMA).int(0x3072cfa1).bytes(bomb).finish().toString("hex");
}
