import { Api, type TelegramClient } from "telegram";
import { computeCheck } from "telegram/Password.js";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { accountAt, gramjsClient, refusalOf, signedInGramjs } from "./gramjs-client.ts";

describe("gramjs, unmodified,", () => {
  test("signs in with phone number, code and password", async () => {
    const sandbox = await openSandbox();
    const owner = accountAt(sandbox, 0);
    const me = await (await signedInGramjs(sandbox)).getMe();
    expect([String(me.id), me.username, me.phone]).toEqual([
      String(owner.userId),
      owner.username,
      owner.phone.slice(1),
    ]);
  });

  test("signs in without a password where there is none", async () => {
    const sandbox = await openSandbox();
    const { password, userId } = accountAt(sandbox, 1);
    const me = await (await signedInGramjs(sandbox, 1)).getMe();
    expect([password, String(me.id)]).toEqual([null, String(userId)]);
  });

  test("is told what is wrong with a code, and goes on with the right one", async () => {
    const sandbox = await openSandbox();
    const { client, sendCode, signIn } = await stranger(sandbox);
    const { phone, code, userId } = accountAt(sandbox, 1);
    const hash = await sendCode(phone);
    expect([
      await refusalOf(signIn(phone, hash, "")),
      await refusalOf(signIn(phone, hash, "00000")),
      await refusalOf(signIn(phone, "no such hash", code)),
    ]).toEqual(["400 PHONE_CODE_EMPTY", "400 PHONE_CODE_INVALID", "400 PHONE_CODE_EXPIRED"]);
    await signIn(phone, hash, code);
    expect(String((await client.getMe()).id)).toEqual(String(userId));
  });

  test("is told that a code expired after five minutes, and gets a new one by resending", async () => {
    let aheadMs = 0;
    const sandbox = await openSandbox({ nowMs: () => Date.now() + aheadMs });
    const { client, sendCode, signIn } = await stranger(sandbox);
    const { phone, code } = accountAt(sandbox, 1);
    const hash = await sendCode(phone);
    const again = await client.invoke(new Api.auth.ResendCode({ phoneNumber: phone, phoneCodeHash: hash }));
    if (!(again instanceof Api.auth.SentCode)) throw new Error("no code was sent");
    expect([again.type.className, await refusalOf(signIn(phone, hash, code))]).toEqual([
      "auth.SentCodeTypeSms",
      "400 PHONE_CODE_EXPIRED",
    ]);
    // Less than the client would notice: its clock may be 300 s behind.
    aheadMs = 299_000;
    await signIn(phone, again.phoneCodeHash, code);
    expect(await client.checkAuthorization()).toBe(true);
  });

  test("is told that a password is wrong, and that a challenge is used up", async () => {
    const sandbox = await openSandbox();
    const { client, sendCode, signIn } = await stranger(sandbox);
    const { phone, code, password } = accountAt(sandbox, 0);
    expect(await refusalOf(signIn(phone, await sendCode(phone), code))).toBe("401 SESSION_PASSWORD_NEEDED");
    const offer = await client.invoke(new Api.account.GetPassword());
    const wrong = await computeCheck(offer, "not the password");
    expect([
      await refusalOf(client.invoke(new Api.auth.CheckPassword({ password: wrong }))),
      await refusalOf(client.invoke(new Api.auth.CheckPassword({ password: wrong }))),
      await refusalOf(client.invoke(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }))),
    ]).toEqual(["400 PASSWORD_HASH_INVALID", "400 SRP_ID_INVALID", "401 SESSION_PASSWORD_NEEDED"]);
    const right = await computeCheck(await client.invoke(new Api.account.GetPassword()), password ?? "");
    await client.invoke(new Api.auth.CheckPassword({ password: right }));
    expect(await client.checkAuthorization()).toBe(true);
  });

  test("is refused with a wrong API hash and with what is no phone number", async () => {
    const sandbox = await openSandbox();
    const { client, sendCode } = await stranger(sandbox);
    const call = new Api.auth.SendCode({
      phoneNumber: accountAt(sandbox, 0).phone,
      apiId: sandbox.ready.telegram.apiId,
      apiHash: "0".repeat(32),
      settings: new Api.CodeSettings({}),
    });
    expect([await refusalOf(client.invoke(call)), await refusalOf(sendCode("call me"))]).toEqual([
      "400 API_ID_INVALID",
      "406 PHONE_NUMBER_INVALID",
    ]);
  });

  test("signs up with a number nobody has", async () => {
    const sandbox = await openSandbox();
    const { client, sendCode, signIn } = await stranger(sandbox);
    const [phoneNumber, phoneCodeHash] = ["+49 30 1234567", await sendCode("+49 30 1234567")];
    const answer = await signIn(phoneNumber, phoneCodeHash, "12345");
    await client.invoke(
      new Api.auth.SignUp({ phoneNumber, phoneCodeHash, firstName: "Nova", lastName: "Person" }),
    );
    expect([answer.className, (await client.getMe()).firstName]).toEqual([
      "auth.AuthorizationSignUpRequired",
      "Nova",
    ]);
  });

  test("signs in to an account of another data centre", async () => {
    const sandbox = await openSandbox();
    const { dcId, userId } = accountAt(sandbox, 2);
    const client = await signedInGramjs(sandbox, 2);
    const refused = sandbox.control.calls().calls.find(({ error }) => error?.startsWith("PHONE_MIGRATE"));
    expect([dcId, refused?.status, refused?.error, String((await client.getMe()).id)]).toEqual([
      4,
      303,
      "PHONE_MIGRATE_4",
      String(userId),
    ]);
  });

  test("signs in by QR code once somebody scanned it, and is asked for the password", async () => {
    const sandbox = await openSandbox();
    const owner = accountAt(sandbox, 0);
    const client = gramjsClient(sandbox);
    await client.connect();
    const { apiId, apiHash } = sandbox.ready.telegram;
    const asked: string[] = [];
    await client.signInUserWithQrCode(
      { apiId, apiHash },
      {
        qrCode: async ({ token }) => {
          asked.push("code");
          sandbox.control.acceptLoginToken(`tg://login?token=${token.toString("base64url")}`, owner.personId);
        },
        password: async () => {
          asked.push("password");
          return owner.password ?? "";
        },
        onError: (error) => {
          throw error;
        },
      },
    );
    expect([asked, String((await client.getMe()).id)]).toEqual([["code", "password"], String(owner.userId)]);
  });

  test("lets one client scan the code of another", async () => {
    const sandbox = await openSandbox();
    const scanner = await signedInGramjs(sandbox, 1);
    const shown = gramjsClient(sandbox);
    await shown.connect();
    const { apiId, apiHash } = sandbox.ready.telegram;
    const exported = (): Promise<Api.auth.TypeLoginToken> =>
      shown.invoke(new Api.auth.ExportLoginToken({ apiId, apiHash, exceptIds: [] }));
    const first = await exported();
    if (!(first instanceof Api.auth.LoginToken)) throw new Error("no token");
    const accept = (): Promise<Api.TypeAuthorization> =>
      scanner.invoke(new Api.auth.AcceptLoginToken({ token: first.token }));
    const { deviceModel } = await accept();
    expect([
      deviceModel === "",
      await refusalOf(accept()),
      (await exported()).className,
      String((await shown.getMe()).id),
    ]).toEqual([
      false,
      "400 AUTH_TOKEN_ALREADY_ACCEPTED",
      "auth.LoginTokenSuccess",
      String(accountAt(sandbox, 1).userId),
    ]);
  });

  test("signs in as the bot, and not with another token", async () => {
    const sandbox = await openSandbox();
    const { botToken } = sandbox.ready.telegram;
    const client = gramjsClient(sandbox);
    await client.start({ botAuthToken: botToken });
    const stranger = gramjsClient(sandbox);
    await stranger.connect();
    const { apiId, apiHash } = sandbox.ready.telegram;
    const call = new Api.auth.ImportBotAuthorization({ apiId, apiHash, botAuthToken: `${botToken}x` });
    expect([(await client.getMe()).bot, await refusalOf(stranger.invoke(call))]).toEqual([
      true,
      "400 ACCESS_TOKEN_INVALID",
    ]);
  });

  test("signs out for good", async () => {
    const sandbox = await openSandbox();
    const client = await signedInGramjs(sandbox, 1);
    const answer = await client.invoke(new Api.auth.LogOut());
    const after = client.invoke(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }));
    expect([answer.className, await refusalOf(after)]).toEqual([
      "auth.LoggedOut",
      "401 AUTH_KEY_UNREGISTERED",
    ]);
  });

  test("has to wait after asking for too many codes, when limits are on", async () => {
    const nowMs = Date.now();
    const sandbox = await openSandbox({ limits: true, nowMs: () => nowMs });
    const { sendCode } = await stranger(sandbox);
    const { phone } = accountAt(sandbox, 1);
    for (let time = 0; time < 5; time++) await sendCode(phone);
    expect(await refusalOf(sendCode(phone))).toBe("420 FLOOD_WAIT_600");
  });
});

async function stranger(sandbox: Sandbox): Promise<{
  client: TelegramClient;
  sendCode: (phoneNumber: string) => Promise<string>;
  signIn: (phone: string, hash: string, code: string) => Promise<Api.auth.TypeAuthorization>;
}> {
  const client = gramjsClient(sandbox);
  await client.connect();
  const { apiId, apiHash } = sandbox.ready.telegram;
  return {
    client,
    async sendCode(phoneNumber) {
      const settings = new Api.CodeSettings({});
      const sent = await client.invoke(new Api.auth.SendCode({ phoneNumber, apiId, apiHash, settings }));
      if (!(sent instanceof Api.auth.SentCode)) throw new Error("no code was sent");
      return sent.phoneCodeHash;
    },
    signIn: (phoneNumber, phoneCodeHash, phoneCode) =>
      client.invoke(new Api.auth.SignIn({ phoneNumber, phoneCodeHash, phoneCode })),
  };
}
