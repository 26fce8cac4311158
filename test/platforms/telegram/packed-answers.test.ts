import { onTestFinished, expect, test } from "vitest";
import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { Sender } from "#main/platforms/telegram/sender.ts";
import { Wire } from "#main/platforms/telegram/wire.ts";
import { decryptFromClient, encryptForClient } from "#sandbox/telegram/crypto/message-key.ts";
import { PROTOCOL_SCHEMA } from "#sandbox/telegram/tl/schema.ts";
import { TlWriter, writeObject } from "#sandbox/telegram/tl/tl-writer.ts";
import { Transport } from "#sandbox/telegram/transport/transport.ts";
import { MessageIds } from "#sandbox/telegram/wire/message-ids.ts";
import { readPacket, unpack, type WireMessage } from "#sandbox/telegram/wire/message-reader.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { startTcp } from "./scripted-tcp.ts";
import { never, openSession, readAll, signIn } from "./telegram-lab.ts";

test("answers that travel together all arrive, refusals among them: nobody is asked again", async () => {
  const sandbox = await openSandbox({ world: "reference" });
  const session = openSession(await signIn(sandbox), { deadlineMs: 2_000 });
  const groups = await readAll((cursor) => session.fetchGroups({ cursor, signal: never }));
  const channels = groups.filter(({ kind }) => kind === "supergroup" || kind === "forum").slice(0, 120);
  const [first] = channels;
  const page = first && (await session.fetchMembers({ group: first, cursor: null, signal: never }));
  const userIds = page?.ok ? page.value.userIds.slice(0, 3) : [];
  sandbox.control.clearCalls();

  // Hundreds at a time, most of them about somebody who is not there, which is a refusal on the wire.
  const asked = channels.flatMap((group) => [
    ...userIds.map((userId) => session.fetchMembership({ group, userId, signal: never })),
    session.fetchGroupFacts({ group, signal: never }),
    session.fetchMembers({ group, cursor: null, signal: never }),
  ]);
  const told = await Promise.all(asked);

  expect({
    unanswered: told.filter((answer) => !answer.ok && answer.error.code.startsWith("network/")),
    calls: sandbox.control.calls().calls.length,
  }).toEqual({ unanswered: [], calls: 120 * 5 });
}, 60_000);

test("a message that cannot be read costs only itself: the answers beside it arrive", async () => {
  const key = Buffer.alloc(256, 7);
  const { server } = await startTcp((socket) => {
    const transport = new Transport();
    const ids = new MessageIds(() => Date.now());
    socket.on("data", (bytes) => {
      for (const packet of transport.receive(bytes)) {
        const plain = decryptFromClient(key, packet.subarray(8, 24), packet.subarray(24));
        const opened = plain && readPacket(plain);
        if (!opened) continue;
        const bodies = [unreadable(), ...unpack(opened).messages.map(pongTo)];
        const answer = container(bodies, ids, opened.sessionId);
        socket.write(transport.frame(Buffer.concat([packet.subarray(0, 8), encryptForClient(key, answer)])));
      }
    });
  });
  const wire = new Wire(server.host, server.port, () => undefined);
  onTestFinished(() => wire.end("closed"));
  await wire.connect();
  let unread = 0;
  const sender = await Sender.start(
    wire,
    { bytes: key, timeOffsetS: 0 },
    {
      onBroken: () => undefined,
      onUpdate: () => undefined,
      onUnreadable: () => (unread += 1),
    },
  );
  const pongs = await Promise.all(
    [1, 2].map((id) => sender.send(new Api.Ping({ pingId: returnBigInt(id) })) as Promise<Api.Pong>),
  );
  sender.stop();
  expect({ pongs: pongs.map((pong) => Number(pong.pingId)), unread: unread > 0 }).toEqual({
    pongs: [1, 2],
    unread: true,
  });
});

/** Of a constructor that no layer has. */
function unreadable(): Buffer {
  return Buffer.from([0xef, 0xbe, 0xad, 0xde]);
}

function pongTo({ id, body }: WireMessage): Buffer {
  return writeObject(PROTOCOL_SCHEMA, { _: "pong", msg_id: id, ping_id: body.readBigInt64LE(4) });
}

const CONTAINER_ID = 0x73f1f8dc;

/** A server's packet that holds all these messages in one container. */
function container(bodies: readonly Buffer[], ids: MessageIds, sessionId: bigint): Buffer {
  const packed = new TlWriter(PROTOCOL_SCHEMA).int(CONTAINER_ID).int(bodies.length);
  for (const body of bodies) packed.long(ids.next("answer")).int(0).int(body.length).raw(body);
  const whole = packed.finish();
  const writer = new TlWriter(PROTOCOL_SCHEMA).long(0n).long(sessionId).long(ids.next("answer")).int(0);
  return writer.int(whole.length).raw(whole).finish();
}
