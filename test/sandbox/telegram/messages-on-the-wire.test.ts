import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { PROTOCOL_SCHEMA } from "#sandbox/telegram/tl/schema.ts";
import { TlWriter } from "#sandbox/telegram/tl/tl-writer.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { signedInGramjs } from "./gramjs-client.ts";
import { rawClient, type RawClient } from "./raw-client.ts";

const SELF: TlObject = { _: "users.getUsers", id: [{ _: "inputUserSelf" }] };
const PING: TlObject = { _: "ping", ping_id: 7n };

describe("the server of the sandbox", () => {
  test("names its salt to a client with a wrong one, and opens the session with the next message", async () => {
    const { raw } = await open();
    const id = raw.newId();
    raw.salt ^= 1n;
    raw.send({ id, seqno: 0, body: PING });
    const bad = (await raw.next("bad_server_salt")).body;
    raw.salt = bad["new_server_salt"] as bigint;
    const again = raw.newId();
    raw.send({ id: again, seqno: 0, body: PING });
    const created = (await raw.next("new_session_created")).body;
    expect([bad["bad_msg_id"], bad["error_code"], created["first_msg_id"], created["server_salt"]]).toEqual([
      id,
      48,
      again,
      raw.salt,
    ]);
    expect((await raw.next("pong")).body).toEqual({ _: "pong", msg_id: again, ping_id: 7n });
  });

  test.each([
    ["six minutes old", -360n << 32n, 1, 16],
    ["a minute ahead", 60n << 32n, 1, 17],
    ["that is not divisible by four", 2n, 1, 18],
    ["of a request with an even number", 0n, 2, 35],
  ])("refuses a message id %s", async (_name, offset, seqno, code) => {
    const { raw } = await inSession();
    const id = raw.newId() + offset;
    raw.send({ id, seqno, body: SELF });
    expect((await raw.next("bad_msg_notification")).body).toEqual({
      _: "bad_msg_notification",
      bad_msg_id: id,
      bad_msg_seqno: seqno,
      error_code: code,
    });
  });

  test("runs a request once, however often it comes, and sends the same answer again", async () => {
    const { raw, sandbox } = await inSession();
    const message = { id: raw.newId(), seqno: 1, body: SELF };
    raw.send(message);
    const first = await raw.next("rpc_result");
    raw.send(message);
    const second = await raw.next("rpc_result");
    expect([second.id, second.body, countOf(sandbox, "users.getUsers")]).toEqual([first.id, first.body, 1]);
    raw.send({ id: raw.newId(), seqno: 2, body: { _: "msgs_ack", msg_ids: [first.id] } });
    raw.send(message);
    const acknowledged = await raw.next("msgs_ack");
    expect([acknowledged.body["msg_ids"], countOf(sandbox, "users.getUsers")]).toEqual([[message.id], 1]);
  });

  test("keeps an answer whose line broke and sends it over the next connection of the session", async () => {
    const { raw, sandbox, client } = await inSession();
    sandbox.control.addFault({ platform: "telegram", method: "users.getUsers", kind: "drop-mid-request" });
    const message = { id: raw.newId(), seqno: 1, body: SELF };
    raw.send(message);
    await raw.closed;
    const next = await rawClient(sandbox, client, raw.sessionId);
    next.salt = raw.salt;
    next.send({ id: next.newId() + 4_000n, seqno: 0, body: PING });
    const answer = await next.next("rpc_result");
    next.send(message);
    await next.next("rpc_result");
    expect([answer.body["req_msg_id"], countOf(sandbox, "users.getUsers")]).toEqual([message.id, 1]);
  });

  test("answers with ids of 1 modulo 4 and odd numbers, in order, and packs what comes together", async () => {
    const { raw } = await inSession();
    raw.sendAll([
      { id: raw.newId(), seqno: 1, body: SELF },
      { id: raw.newId(), seqno: 3, body: SELF },
      { id: raw.newId(), seqno: 4, body: PING },
    ]);
    const answers = [await raw.next("rpc_result"), await raw.next("rpc_result")];
    await raw.next("pong");
    const [first = 0, second = 0] = answers.map(({ seqno }) => seqno);
    expect([answers.map(({ id }) => id % 4n), first % 2, second - first]).toEqual([[1n, 1n], 1, 2]);
  });

  test("reads packed requests and says which constructor it does not know", async () => {
    const { raw } = await inSession();
    const packed = gzipSync(
      new TlWriter(PROTOCOL_SCHEMA).object({ _: "rpc_drop_answer", req_msg_id: 5n }).finish(),
    );
    raw.send({
      id: raw.newId(),
      seqno: 1,
      body: new TlWriter(PROTOCOL_SCHEMA).int(0x3072cfa1).bytes(packed).finish(),
    });
    const dropped = (await raw.next("rpc_result")).body["result"];
    raw.send({ id: raw.newId(), seqno: 3, body: Buffer.from("ddccbbaa", "hex") });
    const refused = (await raw.next("rpc_result")).body["result"];
    expect([dropped, refused]).toEqual([
      { _: "rpc_answer_unknown" },
      { _: "rpc_error", error_code: 400, error_message: "INPUT_METHOD_INVALID_2864434397_0" },
    ]);
  });

  test("waits for the request that another one must follow, and refuses to follow a failure", async () => {
    const { raw, sandbox } = await inSession();
    sandbox.control.addFault({ platform: "telegram", method: "users.getUsers", kind: "error:INTERNAL" });
    const first = raw.newId();
    raw.send({ id: first, seqno: 1, body: SELF });
    raw.send({
      id: raw.newId(),
      seqno: 3,
      body: { _: "invokeAfterMsg", msg_id: first, query: SELF },
    });
    const answers = [await raw.next("rpc_result"), await raw.next("rpc_result")];
    expect(answers.map(({ body }) => (body["result"] as TlObject)["error_message"])).toEqual([
      "INTERNAL",
      "MSG_WAIT_FAILED",
    ]);
  });

  test("tells the state of messages, hands out salts to come and forgets sessions on request", async () => {
    const { raw } = await inSession();
    const asked = raw.newId();
    raw.send({ id: asked, seqno: 1, body: SELF });
    await raw.next("rpc_result");
    raw.send({ id: raw.newId(), seqno: 2, body: { _: "msgs_state_req", msg_ids: [asked, asked + 400n] } });
    raw.send({ id: raw.newId(), seqno: 2, body: { _: "get_future_salts", num: 3 } });
    raw.send({ id: raw.newId(), seqno: 2, body: { _: "destroy_session", session_id: 99n } });
    const info = (await raw.next("msgs_state_info")).body["info"] as Uint8Array;
    const salts = (await raw.next("future_salts")).body["salts"] as readonly TlObject[];
    const gone = (await raw.next("destroy_session_none")).body["session_id"];
    expect([[...info], salts.length, salts[0]?.["salt"], gone]).toEqual([[68, 2], 3, raw.salt, 99n]);
  });

  test("answers −404 to a key it does not know and to bytes that do not decrypt, and stays on the line", async () => {
    const { raw } = await inSession();
    raw.sendPlain(Buffer.alloc(40, 1));
    const unknownKey = await raw.nextTransportError();
    raw.sendPlain(Buffer.alloc(12));
    const garbage = await raw.nextTransportError();
    raw.send({ id: raw.newId(), seqno: 0, body: PING });
    await raw.next("pong");
    expect([unknownKey, garbage]).toEqual([-404, -404]);
  });

  test("breaks the connection over a container in a container", async () => {
    const { raw } = await inSession();
    const empty = new TlWriter(PROTOCOL_SCHEMA).int(0x73f1f8dc).int(0).finish();
    const nested = new TlWriter(PROTOCOL_SCHEMA).int(0x73f1f8dc).int(1).long(raw.newId()).int(0);
    raw.send({ id: raw.newId(), seqno: 0, body: nested.int(empty.length).raw(empty).finish() });
    await expect(raw.closed).resolves.toEqual([false]);
  });
});

async function open(): Promise<{
  sandbox: Sandbox;
  raw: RawClient;
  client: Parameters<typeof rawClient>[1];
}> {
  const sandbox = await openSandbox();
  const client = await signedInGramjs(sandbox, 1);
  sandbox.control.clearCalls();
  return { sandbox, client, raw: await rawClient(sandbox, client) };
}

/** A raw client that knows its salt and has been told of its session. */
async function inSession(): ReturnType<typeof open> {
  const opened = await open();
  const { raw } = opened;
  raw.send({ id: raw.newId(), seqno: 0, body: PING });
  raw.salt = (await raw.next("bad_server_salt")).body["new_server_salt"] as bigint;
  raw.send({ id: raw.newId(), seqno: 0, body: PING });
  await raw.next("pong");
  return opened;
}

function countOf(sandbox: Sandbox, method: string): number {
  return sandbox.control.calls().counts[method] ?? 0;
}
