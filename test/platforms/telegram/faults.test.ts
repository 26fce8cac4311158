import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import type { TelegramSession } from "#main/platforms/telegram/index.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import type { FaultOrder } from "#sandbox/control/fault-rules.ts";
import type { Wait } from "#shared/domain/job.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { gramjsClient } from "#test/sandbox/telegram/gramjs-client.ts";
import { startRelay } from "./scripted-tcp.ts";
import { accessTo, codeOf, never, openSession, signIn, valueOf, type SignedIn } from "./telegram-lab.ts";

/** Scripts a fault of the simulated Telegram. */
function script(sandbox: Sandbox, order: FaultOrder): void {
  sandbox.control.addFault({ platform: "telegram", ...order });
}

async function openLab(): Promise<{ sandbox: Sandbox; signedIn: SignedIn; session: TelegramSession }> {
  const sandbox = await openSandbox();
  const signedIn = await signIn(sandbox);
  const session = openSession(signedIn, { deadlineMs: 400 });
  valueOf(await session.fetchSelf({ signal: never }));
  sandbox.control.clearCalls();
  return { sandbox, signedIn, session };
}

function callsOf(sandbox: Sandbox, method: string): number {
  return sandbox.control.calls().calls.filter((call) => call.method === method).length;
}

test.each(["stall", "drop", "drop-mid-request", "change-salt"])(
  "a read that meets “%s” once is asked again and answered",
  async (kind) => {
    const { sandbox, session } = await openLab();
    script(sandbox, { method: "messages.getDialogs", kind });
    expect(codeOf(await session.fetchGroups({ cursor: null, signal: never }))).toBe("ok");
  },
);

test("a server that restarts is asked again", async () => {
  const { sandbox, session } = await openLab();
  script(sandbox, { method: "messages.getDialogs", kind: "restart", delayMs: 30 });
  expect(codeOf(await session.fetchGroups({ cursor: null, signal: never }))).toBe("ok");
});

test("a method that is never answered is asked four times and then named, and others go on", async () => {
  const { sandbox, session } = await openLab();
  script(sandbox, { method: "messages.getDialogs", kind: "stall", times: null });
  const [stalled, other] = await Promise.all([
    session.fetchGroups({ cursor: null, signal: never }),
    session.fetchSelf({ signal: never }),
  ]);
  expect({
    told: [codeOf(stalled), codeOf(other)],
    asked: session.usage().callsByMethod["messages.getDialogs"],
  }).toEqual({ told: ["network/timed-out", "ok"], asked: 4 });
});

test("one slow answer does not cost the connection", async () => {
  const sandbox = await openSandbox();
  const signedIn = await signIn(sandbox);
  const relay = await startRelay(signedIn.server, (chunk) => chunk);
  const session = openSession({ ...signedIn, server: relay.server }, { deadlineMs: 300 });
  script(sandbox, { method: "messages.getDialogs", kind: "stall" });
  const told = await session.fetchGroups({ cursor: null, signal: never });
  expect({ told: codeOf(told), connections: relay.connections() }).toEqual({ told: "ok", connections: 1 });
});

test("a connection on which nothing comes any more is replaced", async () => {
  const sandbox = await openSandbox();
  const signedIn = await signIn(sandbox);
  const relay = await startRelay(signedIn.server, (chunk, connection, index) =>
    connection === 0 && index > 2 ? null : chunk,
  );
  const session = openSession({ ...signedIn, server: relay.server }, { deadlineMs: 300 });
  const told = [];
  for (let count = 0; count < 4; count++) told.push(codeOf(await session.fetchSelf({ signal: never })));
  expect({ told, connections: relay.connections() }).toEqual({
    told: ["ok", "ok", "ok", "ok"],
    connections: 2,
  });
});

test("Telegram's own failures are asked again", async () => {
  const { sandbox, session } = await openLab();
  script(sandbox, { method: "users.getUsers", kind: "error:500:RPC_CALL_FAIL", times: 2 });
  const self = await session.fetchSelf({ signal: never });
  expect({ told: codeOf(self), asked: callsOf(sandbox, "users.getUsers") }).toEqual({ told: "ok", asked: 3 });
});

/** Fails by saying what did not come, where a test that ran out of time could not tell our client from the other one. */
async function within<Value>(stageMs: number, what: string, coming: Promise<Value>): Promise<Value> {
  const over = new AbortController();
  const tooLate = sleep(stageMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`not within ${stageMs} ms: ${what}`);
  });
  try {
    return await Promise.race([coming, tooLate]);
  } finally {
    tooLate.catch(() => undefined);
    over.abort();
  }
}

// A second client takes part. Beside ten busy neighbours on two cores, signing in and both clients took up to 19 s.
test("a message whose answer was lost is sent once", { timeout: 90_000 }, async () => {
  const { sandbox, signedIn, session } = await within(40_000, "signed in", openLab());
  script(sandbox, { method: "messages.sendMessage", kind: "drop-mid-request" });
  const sent = await within(
    15_000,
    "our client's message",
    session.sendMessage({ to: "self", text: "one gap is new", signal: never }),
  );
  const asked = session.usage().callsByMethod["messages.sendMessage"];

  const reader = gramjsClient(sandbox, { session: signedIn.secret.split("~")[0]! });
  await within(15_000, "gramjs' connection", reader.connect());
  const written = await within(15_000, "gramjs' messages", reader.getMessages("me", { limit: 10 }));
  expect({
    told: codeOf(sent),
    asked,
    written: written.filter(({ message }) => message === "one gap is new").length,
  }).toEqual({ told: "ok", asked: 2, written: 1 });
});

test("a short flood wait is sat out to the second and shown, and other methods go on", async () => {
  const sandbox = await openSandbox();
  const sleeps: number[] = [];
  let wake = (): void => undefined;
  const clock = {
    ...systemClock,
    sleep: (delayMs: number) => {
      sleeps.push(Math.round(delayMs / 10) * 10);
      return new Promise<void>((resolve) => (wake = resolve));
    },
    monotonicMs: () => nowMs,
  };
  let nowMs = 0;
  const session = openSession(await signIn(sandbox), { clock });
  script(sandbox, { method: "messages.getDialogs", kind: "flood", retryAfterS: 29 });
  const shown: (Wait | null)[] = [];
  session.watchWaits((wait) => shown.push(wait));
  const waiting = session.fetchGroups({ cursor: null, signal: never });
  await vi.waitFor(() => expect(sleeps).toHaveLength(1));
  const other = codeOf(await session.fetchSelf({ signal: never }));
  const askedMeanwhile = callsOf(sandbox, "messages.getDialogs");
  nowMs = 29_000;
  wake();
  expect({
    other,
    askedMeanwhile,
    told: codeOf(await waiting),
    sleeps,
    shown: shown.map((wait) => wait?.why ?? null),
    waitedMs: session.usage().waitedMs,
  }).toEqual({
    other: "ok",
    askedMeanwhile: 1,
    told: "ok",
    sleeps: [29_000],
    shown: ["Telegram asked to wait (messages.getDialogs).", null],
    waitedMs: 29_000,
  });
});

test("a flood wait of 65,475 s is handed back at once, and so is every later call of the method", async () => {
  const { sandbox, session } = await openLab();
  script(sandbox, { method: "messages.getDialogs", kind: "flood", retryAfterS: 65_475 });
  const nowMs = Date.now();
  const first = await session.fetchGroups({ cursor: null, signal: never });
  const second = await session.fetchGroups({ cursor: null, signal: never });
  const other = await session.fetchSelf({ signal: never });
  const hoursOf = (told: typeof first): number =>
    told.ok ? 0 : Math.round((Number(told.error.facts["untilMs"]) - nowMs) / 36_000) / 100;
  expect({
    told: [first, second, other].map(codeOf),
    hours: [hoursOf(first), hoursOf(second)],
    asked: session.usage().callsByMethod["messages.getDialogs"],
  }).toEqual({
    told: ["telegram/flood-wait", "telegram/flood-wait", "ok"],
    hours: [18.19, 18.19],
    asked: 1,
  });
});

test.each([
  ["AUTH_KEY_UNREGISTERED", "telegram/session-revoked"],
  ["SESSION_REVOKED", "telegram/session-revoked"],
  ["406:AUTH_KEY_DUPLICATED", "telegram/session-revoked"],
  ["USER_DEACTIVATED", "telegram/account-deactivated"],
  ["USER_DEACTIVATED_BAN", "telegram/account-deactivated"],
  ["CHANNEL_PRIVATE", "telegram/group-not-found"],
  ["CHAT_ADMIN_REQUIRED", "telegram/not-allowed"],
  ["PEER_FLOOD", "telegram/refused"],
  ["SOMETHING_NEW", "telegram/refused"],
])("%s is told as %s, once", async (error, code) => {
  const { sandbox, session } = await openLab();
  script(sandbox, { method: "messages.getDialogs", kind: `error:${error}` });
  const told = await session.fetchGroups({ cursor: null, signal: never });
  expect({ code: codeOf(told), asked: callsOf(sandbox, "messages.getDialogs") }).toEqual({ code, asked: 1 });
});

test("a session that was ended elsewhere is told as such from then on", async () => {
  const { sandbox, session } = await openLab();
  script(sandbox, { method: "messages.getDialogs", kind: "revoke" });
  const told = [
    await session.fetchGroups({ cursor: null, signal: never }),
    await session.fetchSelf({ signal: never }),
  ];
  expect(told.map(codeOf)).toEqual(["telegram/session-revoked", "telegram/session-revoked"]);
});

test("a key that the server forgets in the middle of a call ends the session", async () => {
  const { sandbox, session } = await openLab();
  script(sandbox, { method: "messages.getDialogs", kind: "forget-key" });
  const told = [
    await session.fetchGroups({ cursor: null, signal: never }),
    await session.fetchSelf({ signal: never }),
  ];
  expect(told.map(codeOf)).toEqual(["telegram/session-revoked", "telegram/session-revoked"]);
});

test("closing ends what is in flight, what waits for a limit, and what comes later; twice is harmless", async () => {
  const { sandbox, session } = await openLab();
  script(sandbox, { method: "messages.getDialogs", kind: "stall", times: null });
  script(sandbox, { method: "contacts.resolveUsername", kind: "flood", retryAfterS: 60 });
  const pending = [
    session.fetchGroups({ cursor: null, signal: never }),
    session.findUserByUsername({ username: "somebody", signal: never }),
  ];
  await new Promise((resolve) => setTimeout(resolve, 100));
  await session.close();
  await session.close();
  const told = [...(await Promise.all(pending)), await session.fetchSelf({ signal: never })];
  expect(told.map((each) => [codeOf(each), each.ok ? null : each.error.facts["reason"]])).toEqual([
    ["network/unreachable", "closed"],
    ["network/unreachable", "closed"],
    ["network/unreachable", "closed"],
  ]);
});

test("an aborted call rejects with its reason, and the session goes on", async () => {
  const { sandbox, session } = await openLab();
  script(sandbox, { method: "messages.getDialogs", kind: "stall" });
  const stop = new AbortController();
  const pending = session.fetchGroups({ cursor: null, signal: stop.signal });
  const reason = new Error("paused");
  setTimeout(() => stop.abort(reason), 50);
  await expect(pending).rejects.toBe(reason);
  expect(codeOf(await session.fetchSelf({ signal: never }))).toBe("ok");
});

test("a sandbox that was killed and started again is signed out of, not waited for", async () => {
  const { signedIn, session } = await openLab();
  const other = await openSandbox();
  const moved = openSession({
    ...signedIn,
    server: { ...signedIn.server, port: accessTo(other).server.port },
  });
  const told = await moved.fetchSelf({ signal: never });
  expect([codeOf(told), codeOf(await session.fetchSelf({ signal: never }))]).toEqual([
    "telegram/session-revoked",
    "ok",
  ]);
});

test("two sessions on one key both work", async () => {
  const { signedIn, session } = await openLab();
  const second = openSession(signedIn);
  const told = await Promise.all([
    session.fetchGroups({ cursor: null, signal: never }),
    second.fetchGroups({ cursor: null, signal: never }),
  ]);
  expect(told.map(codeOf)).toEqual(["ok", "ok"]);
});
