import { Api, type TelegramClient } from "telegram";
import { describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "#sandbox/start-sandbox.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { accountAt, gramjsClient, refusalOf, signedInGramjs } from "./gramjs-client.ts";
import { signedInMtcute } from "./mtcute-client.ts";
import { rawClient, type RawClient } from "./raw-client.ts";

const METHOD = "users.getUsers";

describe("a scripted fault of the simulated Telegram", () => {
  test.each([
    ["flood", { seconds: 65_475 }, "420 FLOOD_WAIT_65475"],
    ["error:CHANNEL_PRIVATE", {}, "400 CHANNEL_PRIVATE"],
    ["error:CHAT_WRITE_FORBIDDEN", {}, "403 CHAT_WRITE_FORBIDDEN"],
    ["error:SESSION_REVOKED", {}, "401 SESSION_REVOKED"],
    ["error:406:PHONE_NUMBER_INVALID", {}, "406 PHONE_NUMBER_INVALID"],
  ])("%s answers one call so, and no other", async (kind, more, refusal) => {
    const { sandbox, client } = await open();
    sandbox.control.addFault({ platform: "telegram", method: METHOD, kind, ...more });
    expect(await refusalOf(ask(client))).toBe(refusal);
    expect((await ask(client)).length).toBe(1);
    expect(sandbox.control.calls().calls.at(-2)).toMatchObject({
      platform: "telegram",
      method: METHOD,
      token: accountAt(sandbox, 1).personId,
      status: Number(refusal.slice(0, 3)),
      fault: kind.split(":")[0],
    });
  });

  test("stall leaves a call without an answer, and the connection usable", async () => {
    const { sandbox, client } = await open();
    sandbox.control.addFault({ platform: "telegram", method: METHOD, kind: "stall" });
    let isAnswered = false;
    void ask(client).then(() => (isAnswered = true));
    const later = await ask(client);
    expect([later.length, isAnswered]).toEqual([1, false]);
  });

  test("drop breaks the line before the call runs, drop-mid-request after it", async () => {
    const { sandbox, client } = await open({ connectionRetries: 5 });
    const method = "account.getAuthorizations";
    const list = async (): Promise<number> =>
      (await client.invoke(new Api.account.GetAuthorizations())).authorizations.length;
    sandbox.control.addFault({ platform: "telegram", method, kind: "drop" });
    expect(await list()).toBe(1);
    sandbox.control.addFault({ platform: "telegram", method, kind: "drop-mid-request" });
    expect(await list()).toBe(1);
    // gramjs sends a request again under a new id: the one that ran runs again.
    expect(statuses(sandbox, method)).toEqual([0, 200, 200, 200]);
  });

  test("slow delays the answer", async () => {
    const { sandbox, client } = await open();
    sandbox.control.addFault({ platform: "telegram", method: METHOD, kind: "slow", delayMs: 50, times: 1 });
    const order: string[] = [];
    await Promise.all([
      ask(client).then(() => order.push("slow")),
      ask(client).then(() => order.push("quick")),
    ]);
    expect(order).toEqual(["quick", "slow"]);
  });

  test("revoke ends the sign-in and breaks its connections", async () => {
    const { sandbox, client } = await open();
    const session = String(client.session.save());
    const raw = await rawClient(sandbox, client);
    raw.send({ id: raw.newId(), seqno: 0, body: { _: "ping", ping_id: 1n } });
    await raw.next("bad_server_salt");
    sandbox.control.addFault({ platform: "telegram", method: METHOD, kind: "revoke" });
    ask(client).catch(() => {});
    await raw.closed;
    await client.destroy();
    const later = gramjsClient(sandbox, { session });
    await later.connect();
    expect(await refusalOf(ask(later))).toBe("401 AUTH_KEY_UNREGISTERED");
  });

  test("forget-key is answered −404 from then on", async () => {
    const { sandbox, client } = await open();
    const raw = await inSession(sandbox, client);
    sandbox.control.addFault({ platform: "telegram", method: METHOD, kind: "forget-key" });
    raw.send({ id: raw.newId(), seqno: 1, body: { _: METHOD, id: [{ _: "inputUserSelf" }] } });
    const atOnce = await raw.nextTransportError();
    raw.send({ id: raw.newId(), seqno: 0, body: { _: "ping", ping_id: 1n } });
    expect([atOnce, await raw.nextTransportError()]).toEqual([-404, -404]);
  });

  test("change-salt makes both clients learn a new salt and go on", async () => {
    const { sandbox, client } = await open();
    const other = await signedInMtcute(sandbox, 3);
    sandbox.control.addFault({ platform: "telegram", method: METHOD, kind: "change-salt", times: 2 });
    const answers = [await ask(client), await ask(client), [await other.getMe()], [await other.getMe()]];
    expect(answers.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  });

  test("restart takes the server away for a while; both clients come back to the same sign-in", async () => {
    const { sandbox, client } = await open({ connectionRetries: 50 });
    const other = await signedInMtcute(sandbox, 3);
    sandbox.control.addFault({ platform: "telegram", method: METHOD, kind: "restart", delayMs: 20 });
    const [mine, theirs] = await Promise.all([ask(client), other.getMe()]);
    expect([Number(mine[0]?.id), theirs.id]).toEqual([
      accountAt(sandbox, 1).userId,
      accountAt(sandbox, 3).userId,
    ]);
  });

  test("mtproto.connect and the steps of a key exchange can be dropped or never answered", async () => {
    const sandbox = await openSandbox();
    sandbox.control.addFault({ platform: "telegram", method: "mtproto.connect", kind: "drop" });
    sandbox.control.addFault({ platform: "telegram", method: "mtproto.req_DH_params", kind: "drop" });
    // The first connection breaks at once, the second in the middle of the exchange.
    const client = gramjsClient(sandbox, { connectionRetries: 5 });
    expect(await client.connect()).toBe(true);
    expect(sandbox.control.listFaults().map(({ struck }) => struck)).toEqual([1, 1]);
  });

  test.each([
    ["lose-update", 0],
    ["duplicate-update", 2],
  ])("%s strikes what is sent unasked", async (kind, times) => {
    const { sandbox, client } = await open();
    const raw = await inSession(sandbox, client);
    // The session must have asked for something before it is told anything.
    raw.send({ id: raw.newId(), seqno: 1, body: { _: METHOD, id: [{ _: "inputUserSelf" }] } });
    await raw.next("rpc_result");
    sandbox.control.addFault({ platform: "telegram", method: "*", kind });
    const writer = await signedInGramjs(sandbox, 3);
    const { username } = accountAt(sandbox, 1);
    if (username === null) throw new Error("the account has no username");
    await writer.sendMessage(username, { message: "struck" });
    await writer.sendMessage(username, { message: "not struck" });
    const told: string[] = [];
    while (told.at(-1) !== "not struck") told.push(...textsOf((await raw.next("updates")).body));
    expect(told.filter((text) => text === "struck").length).toBe(times);
  });

  test("of an unknown kind, without a code or for no method is refused", async () => {
    const { control } = await openSandbox();
    const add = (order: object): string => {
      try {
        control.addFault({ platform: "telegram", method: METHOD, kind: "stall", ...order });
        return "accepted";
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect([add({ kind: "http500" }), add({ kind: "error" }), add({ method: "a b" })]).toEqual([
      "kind must be one of stall, stall-after, drop, drop-after, drop-mid-request, flood, error, slow, truncate, revoke, duplicate-key, " +
        "forget-key, change-salt, restart, duplicate-update, lose-update or error:<code>",
      "kind error needs a code, as in error:CHANNEL_PRIVATE",
      "method must be an API method such as channels.getParticipants, or *",
    ]);
  });
});

test("a key in use on two connections is void, and stays so after the fault", async () => {
  const { sandbox, client } = await open();
  const session = String(client.session.save());
  sandbox.control.addFault({ platform: "telegram", method: "*", kind: "duplicate-key" });
  const alone = await client.getMe();
  const refused = await refusalOf(gramjsClient(sandbox, { session }).connect());
  sandbox.control.clearFaults();
  const later = await refusalOf(gramjsClient(sandbox, { session }).connect());
  expect([alone.className, refused, later, sandbox.control.telegramSignIns()]).toEqual([
    "User",
    "406 AUTH_KEY_DUPLICATED",
    "406 AUTH_KEY_DUPLICATED",
    [],
  ]);
});

test("a method the sandbox does not have is refused and remembered", async () => {
  const { sandbox, client } = await open();
  const refusal = await refusalOf(client.invoke(new Api.help.GetInviteText()));
  expect([refusal, sandbox.control.calls().unknownMethods]).toEqual([
    "400 METHOD_INVALID",
    ["help.getInviteText"],
  ]);
});

test("a port that is taken leaves the other one free", async () => {
  const first = await openSandbox();
  const { port } = first.ready.telegram.dc;
  const slackPort = Number(new URL(first.ready.slack.apiUrl).port);
  await expect(startSandbox({ world: "small", telegramPort: port })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
  await expect(startSandbox({ world: "small", slackPort })).rejects.toMatchObject({
    code: "EADDRINUSE",
    port: slackPort,
  });
});

async function open(
  options: { connectionRetries?: number } = {},
): Promise<{ sandbox: Sandbox; client: TelegramClient }> {
  const sandbox = await openSandbox();
  const client = await signedInGramjs(sandbox, 1, options);
  sandbox.control.clearCalls();
  return { sandbox, client };
}

function ask(client: TelegramClient): Promise<Api.TypeUser[]> {
  return client.invoke(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }));
}

function statuses(sandbox: Sandbox, wanted: string): number[] {
  return sandbox.control
    .calls()
    .calls.filter(({ method }) => method === wanted)
    .map(({ status }) => status);
}

async function inSession(sandbox: Sandbox, client: TelegramClient): Promise<RawClient> {
  const raw = await rawClient(sandbox, client);
  raw.send({ id: raw.newId(), seqno: 0, body: { _: "ping", ping_id: 1n } });
  raw.salt = (await raw.next("bad_server_salt")).body["new_server_salt"] as bigint;
  return raw;
}

function textsOf(updates: RawUpdates): string[] {
  const list = (updates["updates"] ?? []) as readonly { readonly message?: { readonly message?: string } }[];
  return list.flatMap(({ message }) => (message?.message === undefined ? [] : [message.message]));
}

type RawUpdates = Awaited<ReturnType<RawClient["next"]>>["body"];
