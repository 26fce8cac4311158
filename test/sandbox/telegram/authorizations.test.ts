import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api, type TelegramClient } from "telegram";
import { ConnectionTCPAbridged, ConnectionTCPFull } from "telegram/network/index.js";
import { describe, expect, onTestFinished, test } from "vitest";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { accountAt, gramjsClient, refusalOf, signedInGramjs } from "./gramjs-client.ts";

describe("a sign-in", () => {
  test("is good for a later connection of the same client", async () => {
    const sandbox = await openSandbox();
    const session = await leave(await signedInGramjs(sandbox, 1));
    const later = gramjsClient(sandbox, { session });
    await later.connect();
    expect(await idOf(later)).toBe(accountAt(sandbox, 1).userId);
  });

  test("is good over a restart of the sandbox when it keeps its state, under the same server key", async () => {
    const telegramState = mkdtempSync(join(tmpdir(), "sandbox-telegram-"));
    onTestFinished(() => rmSync(telegramState, { recursive: true, force: true }));
    const before = await openSandbox({ telegramState });
    const session = await leave(await signedInGramjs(before, 1));
    await before.close();
    const after = await openSandbox({ telegramState });
    const client = gramjsClient(after, { session });
    await client.connect();
    expect([
      await idOf(client),
      after.ready.telegram.publicKeyFingerprint,
      statSync(join(telegramState, "telegram-state.json")).mode & 0o777,
    ]).toEqual([accountAt(after, 1).userId, before.ready.telegram.publicKeyFingerprint, 0o600]);
  });

  test("is listed with the others of its account, and ended by one of them", async () => {
    const sandbox = await openSandbox();
    const [one, other] = [await signedInGramjs(sandbox, 1), await signedInGramjs(sandbox, 1)];
    const session = String(other.session.save());
    const { authorizations } = await one.invoke(new Api.account.GetAuthorizations());
    const theirs = authorizations.find(({ current }) => !current);
    if (!theirs) throw new Error("only one sign-in is listed");
    const ended = await one.invoke(new Api.account.ResetAuthorization({ hash: theirs.hash }));
    const again = await refusalOf(one.invoke(new Api.account.ResetAuthorization({ hash: theirs.hash })));
    await leave(other);
    const later = gramjsClient(sandbox, { session });
    await later.connect();
    expect([
      authorizations.map(({ current, apiId }) => [current ?? false, apiId]),
      ended,
      again,
      await refusalOf(ask(later)),
      await idOf(one),
    ]).toEqual([
      [
        [true, sandbox.ready.telegram.apiId],
        [false, sandbox.ready.telegram.apiId],
      ],
      true,
      "400 HASH_INVALID",
      "401 AUTH_KEY_UNREGISTERED",
      accountAt(sandbox, 1).userId,
    ]);
  });

  test("is ended with all others at once, which are told SESSION_REVOKED", async () => {
    const sandbox = await openSandbox();
    const [one, other] = [await signedInGramjs(sandbox, 1), await signedInGramjs(sandbox, 1)];
    const session = String(other.session.save());
    await one.invoke(new Api.auth.ResetAuthorizations());
    await leave(other);
    const later = gramjsClient(sandbox, { session });
    await later.connect();
    expect([await refusalOf(ask(later)), await idOf(one)]).toEqual([
      "401 SESSION_REVOKED",
      accountAt(sandbox, 1).userId,
    ]);
  });

  test("can be carried to another key, once", async () => {
    const sandbox = await openSandbox();
    const client = await signedInGramjs(sandbox, 1);
    const { id, bytes } = await client.invoke(new Api.auth.ExportAuthorization({ dcId: 4 }));
    const other = gramjsClient(sandbox);
    await other.connect();
    const carry = (): Promise<unknown> => other.invoke(new Api.auth.ImportAuthorization({ id, bytes }));
    await carry();
    expect([await idOf(other), await refusalOf(carry())]).toEqual([
      accountAt(sandbox, 1).userId,
      "400 AUTH_BYTES_INVALID",
    ]);
  });

  test.each([
    ["full", ConnectionTCPFull],
    ["abridged", ConnectionTCPAbridged],
  ])("is made by gramjs over the %s transport", async (_name, connection) => {
    const sandbox = await openSandbox();
    expect(await idOf(await signedInGramjs(sandbox, 1, { connection }))).toBe(accountAt(sandbox, 1).userId);
  });
});

function ask(client: TelegramClient): Promise<Api.TypeUser[]> {
  return client.invoke(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }));
}

async function idOf(client: TelegramClient): Promise<number> {
  return Number((await ask(client))[0]?.id);
}

/** Ends a client without signing it out; returns its session. */
async function leave(client: TelegramClient): Promise<string> {
  const session = String(client.session.save());
  await client.destroy();
  return session;
}
