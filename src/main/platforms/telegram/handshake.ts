import { doAuthentication } from "telegram/network/Authenticator.js";
import { MTProtoPlainSender } from "telegram/network/MTProtoPlainSender.js";
import { Api } from "telegram/tl/index.js";
import { QuietLogger } from "./quiet-logger.ts";
import type { Trust } from "./trust.ts";
import { WireLost, type Wire } from "./wire.ts";

/** The server could not prove that it is the one we were told of. Trying again does not help. */
export class UntrustedServer extends Error {
  override readonly name = "UntrustedServer";
}

/**
 * The exchange went wrong on the way: a packet was damaged, or the library's known padding mistake struck, about once
 * in 256 times. The next attempt, on a new connection, works.
 */
export class HandshakeFailed extends Error {
  override readonly name = "HandshakeFailed";
}

export interface NewKey {
  readonly bytes: Buffer;
  /** Server's clock minus ours, in whole seconds. */
  readonly timeOffsetS: number;
}

/** Hides from the handshake every key that this connection does not trust. */
class TrustingSender extends MTProtoPlainSender {
  readonly #trust: Trust;

  constructor(wire: Wire, trust: Trust) {
    super(wire, new QuietLogger());
    this.#trust = trust;
  }

  override async send(request: Api.AnyRequest): Promise<unknown> {
    const answer: unknown = await super.send(request);
    if (answer instanceof Api.ResPQ) {
      const trusted = answer.serverPublicKeyFingerprints.filter((fingerprint) =>
        this.#trust.fingerprints.has(fingerprint.toString()),
      );
      if (trusted.length === 0) throw new UntrustedServer("it offers no key we trust");
      answer.serverPublicKeyFingerprints = trusted;
    }
    return answer;
  }
}

/**
 * Makes a new authorization key over a connected wire. Rejects with `UntrustedServer`, `WireLost` or
 * `HandshakeFailed`.
 */
export async function makeKey(wire: Wire, trust: Trust): Promise<NewKey> {
  try {
    const { authKey, timeOffset } = await doAuthentication(
      new TrustingSender(wire, trust),
      new QuietLogger(),
    );
    const bytes = authKey.getKey();
    // A shorter key would be padded differently by the other side.
    if (bytes?.length !== 256) throw new HandshakeFailed("the key came out short");
    return { bytes, timeOffsetS: timeOffset };
  } catch (error) {
    if (error instanceof UntrustedServer || error instanceof WireLost || error instanceof HandshakeFailed)
      throw error;
    throw new HandshakeFailed("the exchange did not add up", { cause: error });
  }
}
