import type { Random } from "#sandbox/world/random.ts";
import { COMPANY_HEADS, COMPANY_TAILS, ODD_COMPANIES } from "#sandbox/world/word-lists.ts";

export interface TitledCustomerGroup {
  readonly title: string;
  readonly category: "bd-customer" | "marketing" | "internal" | "intro";
}

/** Decorations that people put around names: emoji of several code points, flags, invisible and right-to-left marks. */
const FLOURISHES: readonly string[] = [" 🤝", " 🚀", " 👩‍👩‍👧‍👦", " 🇨🇭", "\u200F", " ✨\uFE0F", " 𝕏", "\u00A0"];

const TOPICS: readonly string[] = [
  "Custody devs",
  "Random",
  "Office Lisbon",
  "Lunch 🌮",
  "Node operators",
  "מפעילי צמתים",
  "گروه توسعه",
  "Release alerts",
  "Compliance newsletter",
  "Валидаторы",
  "青空の会",
  "Hiring panel",
  "Market news",
  "Book club",
  "Incident room",
];

/**
 * Titles of customers' groups, in an order that gives every size of world its share of each kind. The first ones take
 * `companies`, the customers that also have a Slack channel. Each holds "BitSafe" or the deprecated "iBTC", and titles
 * may come twice, which Telegram allows.
 */
export function titleCustomerGroups(
  count: number,
  random: Random,
  companies: readonly string[],
): TitledCustomerGroup[] {
  return Array.from({ length: count }, (_unused, at) => {
    const odd = at % 11 === 4 ? ODD_COMPANIES[Math.floor(at / 11) % ODD_COMPANIES.length] : undefined;
    const invented = `${random.pick(COMPANY_HEADS)}-${random.pick(COMPANY_TAILS)}`;
    const company = capitalise(companies[at] ?? odd ?? invented);
    const kind = at % 13;
    const category =
      kind === 2 ? "marketing" : kind === 6 ? "internal" : kind === 10 ? "intro" : ("bd-customer" as const);
    const brand = at % 9 === 5 ? "iBTC" : at % 17 === 8 ? "bitsafe" : "BitSafe";
    const pair =
      at % 3 === 0
        ? `${brand} <> ${company}`
        : at % 3 === 1
          ? `${company} <> ${brand}`
          : `${company} x ${brand}`;
    const plain = {
      "bd-customer": pair,
      marketing: `${pair} marketing`,
      internal: `${brand} internal | ${company}`,
      intro: `Intro: ${pair}`,
    }[category];
    return { title: at % 7 === 3 ? `${plain}${random.pick(FLOURISHES)}` : plain, category };
  });
}

/** Titles of everything else; none of them looks like a customer's group. */
export function titleOtherGroups(count: number, random: Random): string[] {
  return Array.from({ length: count }, (_unused, at) => {
    const topic = TOPICS[at % TOPICS.length] as string;
    return at < TOPICS.length
      ? topic
      : `${topic} ${Math.floor(at / TOPICS.length) + 1}${random.chance(0.2) ? " 🔔" : ""}`;
  });
}

/** What is left of a customer's Slack channel name when the brand and the kind are taken off: the customer. */
export function companyOfChannel(name: string): string {
  return name.replaceAll(/(^|-)(bitsafe|ibtc|intro|internal|mktg)(?=-|$)/g, "").replaceAll(/^-+|-+$/g, "");
}

function capitalise(company: string): string {
  return company
    .split(/[-_]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ")
    .slice(0, 60);
}
