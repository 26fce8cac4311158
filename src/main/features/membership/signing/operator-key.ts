import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { z } from "zod";
import type { Keychain } from "#main/platforms/keychain/keychain.ts";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import type { Reader, Store } from "#main/store/store.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { publicKeyText } from "./signature.ts";

/** Name of the secret, and of the setting that remembers that it exists. */
const KEY_NAME = "operator-key";

/**
 * The key by which this Muster's operator is known to others (Ed25519, RFC 8032). Made when it is first needed; the
 * private half is in the keychain and nowhere else.
 *
 * `keychain/*` when the keychain does not answer, or has lost a key that others may know already: another one would be
 * somebody else to them, so none is made silently.
 */
export interface OperatorKey {
  /** 32 bytes, base64url. */
  publicKey(): Promise<Result<string, Failure>>;
  /** Signs the text's UTF-8 bytes; the signature is base64url. */
  sign(text: string): Promise<Result<string, Failure>>;
}

/**
 * This Muster's public key as its own records have it; null while there is none. Asks no keychain, so it also tells our
 * key from others' where that does not answer.
 */
export async function findOwnPublicKey(read: Reader): Promise<string | null> {
  const kept = OwnKey.safeParse(await findSetting(read, KEY_NAME));
  return kept.success ? kept.data.publicKey : null;
}

const OwnKey = z.object({ publicKey: z.string() });

function readKey(secret: string): Result<KeyObject, Failure> {
  try {
    return ok(createPrivateKey({ key: Buffer.from(secret, "base64url"), format: "der", type: "pkcs8" }));
  } catch {
    // What Node throws names the parser, not the cause: somebody wrote something else there.
    return err(failure("keychain/secret-missing", {}, "What is kept there is not Muster's signing key."));
  }
}

export function createOperatorKey({
  keychain,
  store,
}: {
  readonly keychain: Keychain;
  readonly store: Store;
}): OperatorKey {
  /** One making at a time: two would leave one of their owners with a key that is not kept. */
  let making: Promise<Result<KeyObject, Failure>> | null = null;

  async function open(): Promise<Result<KeyObject, Failure>> {
    const kept = await keychain.getSecret(KEY_NAME);
    if (kept.ok) return readKey(kept.value);
    const isFirst = (await findSetting(store.read, KEY_NAME)) === undefined;
    return kept.error.code === "keychain/secret-missing" && isFirst ? make() : err(kept.error);
  }

  async function make(): Promise<Result<KeyObject, Failure>> {
    const { privateKey } = generateKeyPairSync("ed25519");
    const secret = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64url");
    const stored = await keychain.setSecret(KEY_NAME, secret);
    if (!stored.ok) return stored;
    await store.write((writer) =>
      saveSetting(writer, KEY_NAME, { publicKey: publicKeyText(createPublicKey(privateKey)) }),
    );
    return ok(privateKey);
  }

  function openOnce(): Promise<Result<KeyObject, Failure>> {
    making ??= open().finally(() => {
      making = null;
    });
    return making;
  }

  return {
    async publicKey() {
      const key = await openOnce();
      return key.ok ? ok(publicKeyText(createPublicKey(key.value))) : key;
    },
    async sign(text) {
      const key = await openOnce();
      return key.ok ? ok(sign(null, Buffer.from(text, "utf8"), key.value).toString("base64url")) : key;
    },
  };
}
