import { generateKeyPairSync, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { StringSession } from "telegram/sessions/index.js";
import { formatSecret, parseSecret } from "#main/platforms/telegram/secret.ts";
import { trustOf } from "#main/platforms/telegram/trust.ts";

const key = { dataCentre: 4, bytes: randomBytes(256), trust: "telegram" };

test("a secret reads back as it was written, for Telegram and for another server", () => {
  const other = { ...key, trust: "-3110476776282199900" };
  expect([
    parseSecret(formatSecret(key, "149.154.167.91")),
    parseSecret(formatSecret(other, "localhost")),
  ]).toEqual([key, other]);
});

test("for Telegram it is the session string that its JavaScript client reads", async () => {
  const session = new StringSession(formatSecret(key, "149.154.167.91"));
  await session.load();
  expect([session.dcId, session.serverAddress, session.port, session.authKey?.getKey()]).toEqual([
    4,
    "149.154.167.91",
    80,
    key.bytes,
  ]);
});

test.each([
  "",
  "1",
  "2AAAA",
  "nonsense",
  "~",
  formatSecret(key, "149.154.167.91").slice(0, -8),
  `${formatSecret(key, "149.154.167.91")}AAAA`,
  `${formatSecret(key, "149.154.167.91")}~1~2`,
  formatSecret({ ...key, dataCentre: 0 }, "149.154.167.91"),
])("%s is no secret", (text) => {
  expect(parseSecret(text)).toBe(null);
});

test("only a 2048-bit RSA public key makes a server trusted, under its own fingerprint", () => {
  const pem = (modulusLength: number): string =>
    generateKeyPairSync("rsa", { modulusLength })
      .publicKey.export({ type: "pkcs1", format: "pem" })
      .toString();
  const curve = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }).toString();
  const trusts = [pem(2048), pem(1024), curve, "no key"].map((publicKeyPem) =>
    trustOf({ host: "h", port: 1, publicKeyPem }),
  );
  const [sound] = trusts;
  expect({
    ok: trusts.map((trust) => trust.ok),
    own: sound?.ok && sound.value.fingerprints.has(sound.value.name),
    alone: sound?.ok && sound.value.fingerprints.size,
  }).toEqual({ ok: [true, false, false, false], own: true, alone: 1 });
});
