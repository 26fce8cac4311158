import { expect, test } from "vitest";
import { systemClock } from "#shared/lib/system-clock.ts";
import { openTelegramSession } from "#main/platforms/telegram/session.ts";
import { beginTelegramSignIn } from "#main/platforms/telegram/sign-in.ts";
import { formatSecret } from "#main/platforms/telegram/secret.ts";
import { trustOf } from "#main/platforms/telegram/trust.ts";
import type { TelegramServer } from "#main/platforms/telegram/index.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { findDeadServer, startRelay, startTcp, strangeKey } from "./scripted-tcp.ts";
import {
  accessTo,
  accountOf,
  begin,
  codeOf,
  logInto,
  never,
  openSession,
  signIn,
  valueOf,
} from "./telegram-lab.ts";

const app = { apiId: 1, apiHash: "0" };

/** A secret of a session that such a server once had. */
function secretFor(server: TelegramServer): string {
  const trust = valueOf(trustOf(server)).name;
  return formatSecret({ dataCentre: 2, bytes: Buffer.alloc(256, 7), trust }, server.host);
}

/** Asks a first question both ways: when signing in, and with a kept key. */
async function askBoth(server: TelegramServer): Promise<string[]> {
  const flow = begin({ app, server, deadlineMs: 150 });
  const session = openSession({ app, server, secret: secretFor(server) }, { deadlineMs: 150 });
  const told = [await flow.sendCode("+1555"), await session.fetchSelf({ signal: never })];
  return told.map(codeOf);
}

test("a server that is down is out of reach", async () => {
  expect(await askBoth(await findDeadServer())).toEqual(["network/unreachable", "network/unreachable"]);
});

test("a server that says nothing is given up at the deadline", async () => {
  const { server } = await startTcp(() => undefined);
  expect(await askBoth(server)).toEqual(["network/timed-out", "network/timed-out"]);
});

test("a server that hangs up at once is out of reach", async () => {
  const { server } = await startTcp((socket) => socket.destroy());
  expect(await askBoth(server)).toEqual(["network/unreachable", "network/unreachable"]);
});

test.each([
  ["a web server", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"],
  ["a server that sends noise", "\u0001\u0002\u0003".repeat(500)],
])("%s is no Telegram", async (_name, answer) => {
  const { server } = await startTcp((socket) => {
    socket.on("data", () => socket.write(answer));
  });
  for (const code of await askBoth(server)) expect(code).toMatch(/^network\//);
});

test("a server that trickles its answer byte by byte is understood", async () => {
  const sandbox = await openSandbox();
  const { app, server } = accessTo(sandbox);
  const relay = await startTcpTrickle(server);
  const flow = begin({ app, server: relay });
  expect(codeOf(await flow.sendCode(accountOf(sandbox).phone))).toBe("ok");
});

test("a forgotten key ends the session only when the server says so twice", async () => {
  const refusal = Buffer.from([4, 0, 0, 0, 0x6c, 0xfe, 0xff, 0xff]);
  const { server, connections } = await startTcp((socket) => {
    socket.once("data", () => socket.write(refusal));
  });
  const session = openSession({ app, server, secret: secretFor(server) });
  const first = await session.fetchSelf({ signal: never });
  const second = await session.fetchSelf({ signal: never });
  expect({ told: [first, second].map(codeOf), connections: connections() }).toEqual({
    told: ["telegram/session-revoked", "telegram/session-revoked"],
    connections: 2,
  });
});

test("a server without the expected key is refused, and is not asked again", async () => {
  const sandbox = await openSandbox();
  const { app, server } = accessTo(sandbox);
  const flow = begin({ app, server: { ...server, publicKeyPem: strangeKey() } });
  const told = await flow.sendCode("+1555");
  expect(told).toMatchObject({ error: { code: "telegram/bad-answer", facts: { problem: "server-key" } } });
});

test("Telegram's own data centres are not believed to be one that holds another server's key, nor the reverse", async () => {
  const sandbox = await openSandbox();
  const { app, server } = accessTo(sandbox);
  // Makes the sandbox's key known to this process, as a connection to a sandbox beside a real one would.
  await begin({ app, server }).sendCode(accountOf(sandbox).phone);
  const { handshakeWith } = await import("./handshake-with.ts");
  expect(await handshakeWith(server, valueOf(trustOf(null)))).toBe("UntrustedServer");
  expect(await handshakeWith(server, valueOf(trustOf(server)))).toBe("key");
});

test("a key that is none is refused before anybody is asked", () => {
  const server = {
    host: "127.0.0.1",
    port: 1,
    publicKeyPem: "-----BEGIN PUBLIC KEY-----\nno\n-----END PUBLIC KEY-----",
  };
  const begun = beginTelegramSignIn({ app, server, clock: systemClock, log: logInto([]) });
  expect(begun).toMatchObject({ error: { code: "telegram/bad-answer", facts: { problem: "server-key" } } });
});

test("a secret of another server, or none at all, is refused before anybody is asked", async () => {
  const server = await findDeadServer();
  const secret = secretFor(server);
  const tries = [
    { secret, server: { ...server, publicKeyPem: strangeKey() } },
    { secret },
    { secret: secret.split("~")[0]!, server },
    { secret: "nonsense", server },
    { secret: "", server },
  ];
  const told = tries.map((each) =>
    openTelegramSession({ app, clock: systemClock, log: logInto([]), ...each }),
  );
  expect(told.map(codeOf)).toEqual(tries.map(() => "keychain/secret-missing"));
});

test("a damaged key exchange is begun anew on another connection", async () => {
  const sandbox = await openSandbox();
  const { app, server } = accessTo(sandbox);
  const relay = await startRelay(server, (chunk, connection, index) => {
    // The last byte of the server's second answer: its part of the secret.
    if (connection === 0 && index === 1) chunk[chunk.length - 30]! ^= 0xff;
    return chunk;
  });
  const flow = begin({ app, server: relay.server });
  const sent = await flow.sendCode(accountOf(sandbox).phone);
  expect({ sent: codeOf(sent), connections: relay.connections() }).toEqual({ sent: "ok", connections: 2 });
});

test("a process that stood still for three seconds takes the answer that came meanwhile", async () => {
  const sandbox = await openSandbox();
  const { server } = accessTo(sandbox);
  const relay = await startRelay(server, (chunk) => chunk);
  const session = openSession({ ...(await signIn(sandbox)), server: relay.server }, { deadlineMs: 1_000 });
  await session.fetchSelf({ signal: never });
  const asked = session.fetchSelf({ signal: never });
  const until = performance.now() + 3_500;
  while (performance.now() < until);
  expect({
    told: codeOf(await asked),
    connections: relay.connections(),
    calls: session.usage().calls,
  }).toEqual({
    told: "ok",
    connections: 1,
    calls: 2,
  });
});

/** Passes on what the server says one byte at a time. */
async function startTcpTrickle(target: TelegramServer): Promise<TelegramServer> {
  const { connect } = await import("node:net");
  const { server } = await startTcp((socket) => {
    const upstream = connect(target.port, target.host);
    socket.setNoDelay(true);
    socket.on("data", (chunk) => upstream.write(chunk));
    socket.on("close", () => upstream.destroy());
    upstream.on("data", (chunk) => {
      for (const byte of chunk) socket.write(Buffer.from([byte]));
    });
  });
  return { ...server, publicKeyPem: target.publicKeyPem };
}
