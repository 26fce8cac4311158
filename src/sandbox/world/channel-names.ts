import type { Random } from "#sandbox/world/random.ts";
import {
  COMPANY_HEADS,
  COMPANY_TAILS,
  ODD_COMPANIES,
  TOPICS,
  TOPIC_TAILS,
} from "#sandbox/world/word-lists.ts";

/** Slack's longest channel name, in characters (checked 2026-11). */
export const CHANNEL_NAME_MAX = 80;

interface NamedCustomerChannel {
  readonly name: string;
  readonly category: "bd-customer" | "marketing" | "internal" | "intro";
}

/**
 * Names of customer channels, in an order that gives every size of world its share of each kind: an old product
 * name ("ibtc"), other scripts, one name of the greatest length, marketing, internal and introduction channels.
 * Each holds "bitsafe" or "ibtc", which is what the rules look for; `taken` is added to.
 */
export function nameCustomerChannels(
  count: number,
  random: Random,
  taken: Set<string>,
): NamedCustomerChannel[] {
  const named: NamedCustomerChannel[] = [];
  for (let at = 0; at < count; at++) {
    const odd = at % 6 === 4 ? ODD_COMPANIES[Math.floor(at / 6) % ODD_COMPANIES.length] : undefined;
    const company = odd ?? `${random.pick(COMPANY_HEADS)}-${random.pick(COMPANY_TAILS)}`;
    const kind = at % 9;
    const category =
      kind === 2 ? "marketing" : kind === 5 ? "internal" : kind === 7 ? "intro" : ("bd-customer" as const);
    const brand = at % 8 === 3 ? "ibtc" : "bitsafe";
    const plain = {
      "bd-customer": at % 2 === 0 ? `${brand}-${company}` : `${company}-${brand}`,
      marketing: `${brand}-${company}-mktg`,
      internal: `${brand}-${company}-internal`,
      intro: `${brand}-intro-${company}`,
    }[category];
    const name = at === 9 ? `${plain}-`.padEnd(CHANNEL_NAME_MAX, "long") : plain;
    named.push({ name: claimName(name, taken), category });
  }
  return named;
}

/** Names of everything else; none of them looks like a customer channel. */
export function nameOtherChannels(count: number, random: Random, taken: Set<string>): string[] {
  const named: string[] = [];
  for (let at = 0; at < count; at++) {
    named.push(claimName(at === 0 ? "general" : `${random.pick(TOPICS)}-${random.pick(TOPIC_TAILS)}`, taken));
  }
  return named;
}

function claimName(wanted: string, taken: Set<string>): string {
  let name = wanted.slice(0, CHANNEL_NAME_MAX);
  for (let copy = 2; taken.has(name); copy++) name = `${wanted.slice(0, CHANNEL_NAME_MAX - 6)}-${copy}`;
  taken.add(name);
  return name;
}
