import { createPublicKey } from "node:crypto";
import type { TelegramServer } from "#main/platforms/telegram/telegram-session.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

/** A host name or an address, without a scheme, a path or anything else around it. */
const HOST = /^(?!-)[\w.-]+$|^[\da-f:.]+$/i;

/**
 * Whether a sign-in may go to this server. Any host may: whoever has not the private half of the key learns nothing.
 * Fails with `network/unreachable`, reason `address-refused`, for what is no address or no RSA key.
 */
export function checkServer(server: TelegramServer): Result<TelegramServer, Failure> {
  if (!HOST.test(server.host)) return err(refusal("It is no host name or address."));
  return isRsaKey(server.publicKeyPem)
    ? ok(server)
    : err(refusal("The server's key is no RSA public key in PEM form."));
}

function isRsaKey(pem: string): boolean {
  try {
    // A private key would be taken for its public half; nobody should paste one here and think it went unseen.
    return !pem.includes("PRIVATE") && createPublicKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

function refusal(detail: string): Failure {
  const refused = failure("network/unreachable", { reason: "address-refused" }, detail);
  return { ...refused, todo: "Correct the server's address and its public key." };
}
