/** The words of a block of text; keeps long lists readable. */
function words(block: string): readonly string[] {
  return block.trim().split(/\s+/);
}

/** Given names; several scripts, because customers are everywhere and names must not be assumed to be ASCII. */
export const GIVEN_NAMES: readonly string[] = words(`
  Amara Bjørn Chidi Dalia Élise Farid Greta Hana Ivo Jun Katya Luca Mei Nadia Omar Priya Quentin Rosa
  Sven Tariq Ulla Viktor Wanda Xin Yusuf Zoë Aiko Bruno Carmen Dmitri Eva Felix Gabriel Hiro Ines
  Jonas Kofi Lena Marco Nils Olga Pablo Rania Søren Théo Uma Vera Wei Yara Zofia Łukasz Ángel Noor
  Oisín Renata Stella
`);

export const FAMILY_NAMES: readonly string[] = words(`
  Abara Bergström Castellanos Dubois Eriksen Farouk García Hoffmann Ito Jansen Kowalski Lindqvist
  Moreau Nakamura Okafor Petrov Quispe Rossi Schäfer Tanaka Ueda Vasquez Weber Xu Yılmaz Zhang Almeida
  Brandt Chen Demir Engel Fischer Grant Haddad Ivanov Johansson Khan Larsen Müller Novák O'Neill Park
  Reyes Sato Torres Varga Walsh Young
`);

/** First halves of invented customer names. */
export const COMPANY_HEADS: readonly string[] = words(`
  acorn aurora basalt birch cedar cobalt coral delta ember falcon fjord garnet granite harbor heron
  indigo ivory jasper juniper kestrel lagoon lantern lumen maple meridian mosaic nimbus north onyx
  opal orchid osprey pebble quartz raven river saffron sierra silver sparrow summit tundra umber
  velvet willow zephyr
`);

/** Second halves; none of them holds a word that a category pattern looks for. */
export const COMPANY_TAILS: readonly string[] = words(`
  bank capital custody exchange finance fund holdings labs pay ventures vault wallet
`);

/**
 * Customer names as channel names may spell them: lower case letters of any script are allowed in a Slack channel
 * name, spaces and punctuation other than "-" and "_" are not (checked 2026-11).
 */
export const ODD_COMPANIES: readonly string[] = words(`
  größe-münchen 株式会社青空 ñandú-río ромашка café-zürich 한빛은행 شركة-النور כוכב-הצפון ελλάς-fund işık-ödeme
  straße_42 đông-á
`);

/** Heads of ordinary channel names; must never hold "bitsafe" or "ibtc". */
export const TOPICS: readonly string[] = words(`
  ops eng design hiring random social release incident data infra legal people finance-team office
  product security support-desk sales-team proj guild team announce
`);

export const TOPIC_TAILS: readonly string[] = words(`
  berlin lisbon tokyo weekly alerts q1 q2 q3 q4 backlog oncall mobile web core research reviews help
  planning retro vendors books music running lunch plants pets
`);

/** Channel topics and purposes: emoji, right-to-left text, markup characters, a formula and a very long word. */
export const CHANNEL_TEXTS: readonly string[] = [
  "",
  "",
  "Weekly sync on Tuesdays 10:00 UTC",
  "🚀 onboarding → live in Q4 🎉",
  "قناة الدعم للعملاء",
  "ערוץ שיתופי עם הלקוח",
  "Contact: <mailto:desk@example.com|desk@example.com> &amp; <https://status.example.com>",
  "=SUM(A1:A9) is not a formula here",
  "ответственный: дежурный",
  "連絡先はピン留めを参照",
  "a".repeat(240),
  "👩‍👩‍👧‍👦 family office 🇨🇭",
];

export const SENTENCES: readonly string[] = [
  "Good morning! Any news on the integration?",
  "Deployed to staging, please have a look.",
  "+1",
  "Thanks 🙏",
  "Can we move the call to Thursday?",
  "The invoice went out yesterday.",
  "Ich melde mich morgen dazu.",
  "了解しました",
  "We see `timeout` errors on mainnet since 14:05 UTC",
  "Please find the contract attached",
  "مرحبا، هل من تحديث؟",
  "Signed, sealed, delivered.",
  "Who is the right contact for compliance questions?",
  "LGTM",
  "Ping on this one",
  "Final reminder: the maintenance window starts in one hour.",
  "What is the fee for withdrawals above 5 BTC?",
];

export const TIME_ZONES: readonly string[] = words(`
  Europe/Berlin Europe/Lisbon America/New_York America/Sao_Paulo Asia/Tokyo Asia/Dubai Africa/Lagos
`);
