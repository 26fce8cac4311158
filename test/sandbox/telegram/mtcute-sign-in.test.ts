import {
  IntermediatePacketCodec,
  ObfuscatedPacketCodec,
  PaddedIntermediatePacketCodec,
  tl,
  type TelegramTransport,
} from "@mtcute/core";
import { TcpTransport } from "@mtcute/node";
import { describe, expect, test } from "vitest";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { accountAt } from "./gramjs-client.ts";
import { mtcuteClient, signedInMtcute } from "./mtcute-client.ts";

describe("mtcute, unmodified and of a newer layer,", () => {
  test("signs in with phone number, code and password", async () => {
    const sandbox = await openSandbox();
    const owner = accountAt(sandbox, 0);
    const me = await (await signedInMtcute(sandbox)).getMe();
    expect([me.id, me.username]).toEqual([owner.userId, owner.username]);
  });

  test("is told what is wrong with a code and a password", async () => {
    const sandbox = await openSandbox();
    const { phone, code } = accountAt(sandbox, 0);
    const client = await mtcuteClient(sandbox);
    const sent = await client.sendCode({ phone });
    if (!("phoneCodeHash" in sent)) throw new Error("no code was sent");
    const signIn = (phoneCode: string): Promise<unknown> =>
      client.signIn({ phone, phoneCodeHash: sent.phoneCodeHash, phoneCode });
    expect([
      await refusalOf(signIn("00000")),
      await refusalOf(signIn(code)),
      await refusalOf(client.checkPassword("wrong")),
    ]).toEqual(["400 PHONE_CODE_INVALID", "401 SESSION_PASSWORD_NEEDED", "400 PASSWORD_HASH_INVALID"]);
  });

  test("signs in by QR code", async () => {
    const sandbox = await openSandbox();
    const { personId, password, userId } = accountAt(sandbox, 0);
    const client = await mtcuteClient(sandbox);
    const me = await client.start({
      qrCodeHandler: (url) => sandbox.control.acceptLoginToken(url, personId),
      password: password ?? "",
    });
    expect(me.id).toBe(userId);
  });

  test("follows an account to its data centre", async () => {
    const sandbox = await openSandbox();
    const { userId } = accountAt(sandbox, 2);
    const me = await (await signedInMtcute(sandbox, 2)).getMe();
    const errors = sandbox.control.calls().calls.map(({ error }) => error);
    expect([me.id, errors.includes("PHONE_MIGRATE_4")]).toEqual([userId, true]);
  });

  test("signs in as the bot", async () => {
    const sandbox = await openSandbox();
    const client = await mtcuteClient(sandbox);
    const me = await client.start({ botToken: sandbox.ready.telegram.botToken });
    expect(me.isBot).toBe(true);
  });

  test("goes on with a saved session", async () => {
    const sandbox = await openSandbox();
    const first = await signedInMtcute(sandbox, 1);
    const session = await first.exportSession();
    await first.destroy();
    const second = await mtcuteClient(sandbox, { session });
    expect((await second.getMe()).id).toBe(accountAt(sandbox, 1).userId);
  });

  test.each([
    ["intermediate", () => new IntermediatePacketCodec()],
    ["padded intermediate", () => new PaddedIntermediatePacketCodec()],
    ["obfuscated intermediate", () => new ObfuscatedPacketCodec(new IntermediatePacketCodec())],
    ["obfuscated padded", () => new ObfuscatedPacketCodec(new PaddedIntermediatePacketCodec())],
  ])("speaks over the %s transport", async (_name, packetCodec) => {
    const sandbox = await openSandbox();
    const tcp = new TcpTransport();
    const transport: TelegramTransport = { connect: (dc) => tcp.connect(dc), packetCodec };
    const client = await signedInMtcute(sandbox, 1, { transport });
    expect((await client.getMe()).id).toBe(accountAt(sandbox, 1).userId);
  });
});

async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (tl.RpcError.is(error)) return `${error.code} ${error.text}`;
  throw new Error(`expected a refusal, got ${String(error)}`);
}
