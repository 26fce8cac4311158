import { hashText, type Random } from "#sandbox/world/random.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Hands out ids in the platforms' own shapes, never the same one twice. */
export interface IdentifierSource {
  /** Slack style: the prefix letter, a zero and nine of A–Z0–9 (11 characters), as ids issued since 2020 look. */
  slack(prefix: "U" | "W" | "C" | "T" | "F" | "S" | "B" | "A"): string;
  /** A Telegram user id above 1,000,000,000: shorter ones make some clients take them for other peers. */
  telegramUser(): number;
}

/** Creates a source; ids depend only on the random stream and on the order of the calls. */
export function createIdentifierSource(random: Random): IdentifierSource {
  const taken = new Set<string>();
  const takenNumbers = new Set<number>();
  return {
    slack(prefix) {
      for (;;) {
        let id = `${prefix}0`;
        for (let at = 0; at < 9; at++) id += ALPHABET[random.int(36)];
        if (taken.has(id)) continue;
        taken.add(id);
        return id;
      }
    },
    telegramUser() {
      for (;;) {
        const id = 1_000_000_001 + random.int(6_000_000_000);
        if (takenNumbers.has(id)) continue;
        takenNumbers.add(id);
        return id;
      }
    },
  };
}

/** A fixed token-like text for a purpose: hexadecimal digits that depend on the seed and the purpose only. */
export function stableHex(seed: number, purpose: string, digits: number): string {
  let text = "";
  for (let block = 0; text.length < digits; block++) {
    text += hashText(`${seed}:${purpose}:${block}`).toString(16).padStart(8, "0");
  }
  return text.slice(0, digits);
}
