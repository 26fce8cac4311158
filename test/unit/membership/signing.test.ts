import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { createOperatorKey } from "#main/features/membership/signing/operator-key.ts";
import { isSignedBy, publicKeyText } from "#main/features/membership/signing/signature.ts";
import { createMemoryKeychain } from "#main/platforms/keychain/index.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";

const PLAN = "Remove 3 people · 🧹 · مرحبا";

test("A signature holds for its own text and key, and for nothing else", async () => {
  const store = await openTemporaryStore();
  const key = createOperatorKey({ keychain: createMemoryKeychain(), store });
  const publicKey = valueOf(await key.publicKey());
  const signature = valueOf(await key.sign(PLAN));
  const stranger = publicKeyText(createPublicKey(generateKeyPairSync("ed25519").privateKey));
  expect({
    own: isSignedBy(publicKey, PLAN, signature),
    otherText: isSignedBy(publicKey, `${PLAN} `, signature),
    otherKey: isSignedBy(stranger, PLAN, signature),
    noKey: isSignedBy("not a key", PLAN, signature),
    noSignature: isSignedBy(publicKey, PLAN, ""),
  }).toEqual({ own: true, otherText: false, otherKey: false, noKey: false, noSignature: false });
});

test("A signature is plain Ed25519, as anybody else's tools make and read it", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const signature = sign(null, Buffer.from(PLAN, "utf8"), privateKey).toString("base64url");
  expect(isSignedBy(publicKeyText(publicKey), PLAN, signature)).toBe(true);
});

test("The key is made once, even when two ask for it at the same moment, and found again later", async () => {
  const store = await openTemporaryStore();
  const keychain = createMemoryKeychain();
  const key = createOperatorKey({ keychain, store });
  const [first, second] = await Promise.all([key.publicKey(), key.publicKey()]);
  const later = await createOperatorKey({ keychain, store }).publicKey();
  expect([second, later]).toEqual([first, first]);
});

test("A key that the keychain lost is not replaced by another one that nobody knows", async () => {
  const store = await openTemporaryStore();
  const keychain = createMemoryKeychain();
  await createOperatorKey({ keychain, store }).publicKey();
  await keychain.removeSecret("operator-key");
  const lost = await createOperatorKey({ keychain, store }).sign(PLAN);
  await keychain.setSecret("operator-key", "bm8ga2V5");
  const damaged = await createOperatorKey({ keychain, store }).sign(PLAN);
  expect([lost, damaged].map((result) => (result.ok ? "signed" : result.error.code))).toEqual([
    "keychain/secret-missing",
    "keychain/secret-missing",
  ]);
});

function valueOf(result: { ok: true; value: string } | { ok: false }): string {
  if (!result.ok) throw new Error("the key did not answer");
  return result.value;
}
