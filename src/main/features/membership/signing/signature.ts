import { createPublicKey, type KeyObject, verify } from "node:crypto";

/** A public key's 32 bytes, base64url: the `x` of its JSON Web Key (RFC 8037). */
export function publicKeyText(key: KeyObject): string {
  return key.export({ format: "jwk" }).x ?? "";
}

/** A key in its one proper spelling: of the last of its 43 characters two bits say nothing. */
export function properKey(publicKey: string): string {
  return Buffer.from(publicKey, "base64url").toString("base64url");
}

/** Whether `signature` (base64url) is this key's over the text. False for a key or a signature that is none. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
    return verify(null, Buffer.from(text, "utf8"), key, Buffer.from(signature, "base64url"));
  } catch {
    // Node throws for what is no key; to whoever asks it is simply not signed.
    return false;
  }
}

/** The same key as a file that OpenSSL reads (SubjectPublicKeyInfo, RFC 8410). */
export function publicKeyPem(publicKey: string): string {
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
  return key.export({ type: "spki", format: "pem" }).toString();
}
