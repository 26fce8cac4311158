import { HOME_DC } from "#sandbox/telegram/accounts.ts";
import type { ServerKey } from "#sandbox/telegram/crypto/server-key.ts";
import type { TelegramSide } from "#sandbox/telegram/telegram-side.ts";

/** How to reach the simulated Telegram and sign in to it, with any MTProto client. */
export interface TelegramReady {
  readonly dc: { readonly id: number; readonly host: string; readonly port: number };
  /** PKCS #1. The client must know it instead of Telegram's own keys. */
  readonly publicKeyPem: string;
  /** The lower 64 bits of SHA1(n, e): signed decimal as clients' tables write it, and the same bits in hexadecimal. */
  readonly publicKeyFingerprint: { readonly decimal: string; readonly hex: string };
  readonly apiId: number;
  readonly apiHash: string;
  /** Numbered as a production data centre is, not as a test one (+10,000). */
  readonly testDc: false;
  /** The team's accounts, the token's owner first. Everybody else's follow the same rules but are not listed. */
  readonly accounts: readonly TelegramAccountFacts[];
  readonly botToken: string;
}

export interface TelegramAccountFacts {
  readonly personId: string;
  readonly phone: string;
  readonly code: string;
  /** The cloud password; null for accounts without one. */
  readonly password: string | null;
  readonly userId: number;
  readonly username: string | null;
  readonly isTokenOwner: boolean;
  /** An account of another data centre than `dc` begins its sign-in with PHONE_MIGRATE; the address stays the same. */
  readonly dcId: number;
}

/** Gathers the facts once the server listens. */
export function describeReady(side: TelegramSide, serverKey: ServerKey): TelegramReady {
  const { accounts, world } = side;
  return {
    dc: { id: HOME_DC, ...side.address },
    publicKeyPem: serverKey.publicKeyPem,
    publicKeyFingerprint: {
      decimal: String(serverKey.fingerprint),
      hex: BigInt.asUintN(64, serverKey.fingerprint).toString(16).padStart(16, "0"),
    },
    apiId: side.apiId,
    apiHash: side.apiHash,
    testDc: false,
    accounts: accounts.team.flatMap((account) => {
      const facts = accounts.signInFacts(account);
      if (!facts) return [];
      return [
        {
          personId: account.person.id,
          phone: `+${facts.phone}`,
          code: facts.code,
          password: facts.password,
          userId: Number(account.userId),
          username: account.person.telegramUsername,
          isTokenOwner: account.person.index === world.tokenOwner,
          dcId: facts.dcId,
        },
      ];
    }),
    botToken: accounts.botToken,
  };
}
