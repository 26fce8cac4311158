import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { TelegramPlatform } from "#main/features/connections/telegram/telegram-platform.ts";
import type { TelegramPeer } from "#main/platforms/telegram/telegram-session.ts";
import { listTelegramPeers } from "#main/store/queries/telegram-peers.ts";
import { failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { app, ben, code, createScriptedTelegram, type ScriptedTelegram } from "./scripted-telegram.ts";
import { openWorkbench, valueOf, type Workbench } from "./workbench.ts";

type Opened = Parameters<TelegramPlatform["openSession"]>[0];

let telegram: ScriptedTelegram;
let bench: Workbench;
let opened: Opened[];
let id: ConnectionId;

const anna: TelegramPeer = { kind: "user", peerId: "7", accessHash: "-99", username: "anna" };
const group: TelegramPeer = { kind: "channel", peerId: "1000", accessHash: "12", username: null };

beforeEach(async () => {
  telegram = createScriptedTelegram();
  opened = [];
  bench = await openWorkbench({ telegram: watched(telegram.platform) });
  id = await signIn();
  await openSession();
});
afterEach(() => bench.close());

/** Notes with what each session is opened. */
function watched(platform: TelegramPlatform): TelegramPlatform {
  return {
    ...platform,
    openSession(options) {
      opened.push(options);
      return platform.openSession(options);
    },
  };
}

async function signIn(): Promise<ConnectionId> {
  const door = bench.connections.telegramSignIn;
  const { signInId } = valueOf(await door.begin({ app: "given", ...app }));
  await door.sendCode({ signInId, phone: ben.phone });
  const done = valueOf(await door.submitCode({ signInId, code }));
  if (done.step !== "done") throw new Error(`stopped at ${done.step}`);
  return done.connection.id;
}

async function openSession(): Promise<void> {
  valueOf(await bench.connections.openTelegramSession(id));
}

/** As the session would, after the answer that named them. */
function learn(...peers: TelegramPeer[]): void {
  opened.at(-1)?.onPeers?.(peers);
}

const kept = () => listTelegramPeers(bench.store.read, id);

describe("whom an account has met", () => {
  test("is known to its next session after a restart, the last word about each", async () => {
    learn(anna, group);
    learn({ ...anna, accessHash: "100" });
    await vi.waitFor(async () => expect((await kept()).length).toBe(2));
    const again = watched(telegram.platform);
    const next = await openWorkbench({ telegram: again, keychain: bench.keychain }, bench.store);
    valueOf(await next.connections.openTelegramSession(id));
    await next.connections.stop();

    expect(opened.map(({ peers }) => peers)).toEqual([[], [group, { ...anna, accessHash: "100" }]]);
  });

  test("is forgotten when the server does not know them so any more; a username that moved is one person's", async () => {
    const ben2: TelegramPeer = { kind: "user", peerId: "8", accessHash: "1", username: "anna" };
    learn(anna, group);
    learn({ ...group, accessHash: null }, ben2);

    await vi.waitFor(async () => expect(await kept()).toEqual([{ ...anna, username: null }, ben2]));
  });

  test.each<[string, () => Promise<unknown>]>([
    ["signed out", () => bench.connections.markSignedOut(id, failure("telegram/session-revoked"))],
    ["signed in again", signIn],
    ["removed", () => bench.connections.remove({ connectionId: id, revoke: false })],
  ])("goes with the session when the account is %s", async (_how, end) => {
    learn(anna, group);
    await vi.waitFor(async () => expect((await kept()).length).toBe(2));
    await end();

    expect(await kept()).toEqual([]);
  });

  test("is not kept of a session that had ended when it learnt it", async () => {
    await bench.connections.markSignedOut(id, failure("telegram/session-revoked"));
    learn(anna);
    await bench.store.write(async () => undefined);
    await bench.store.write(async () => undefined);

    expect(await kept()).toEqual([]);
  });
});
