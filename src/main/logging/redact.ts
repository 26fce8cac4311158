const secretName =
  /token|secret|password|passphrase|authorization|cookie|api[-_]?hash|session|verifier|(?:auth|login)[-_]?code/i;

/** Slack tokens, bearer headers and secrets in query strings, wherever they turn up in a text. */
const secretText = [
  /\bxox[a-z]?(?:\.xox[a-z])?-[\w.-]+/gi,
  /\bxapp-[\w-]+/gi,
  /\b(bearer\s+)[\w.~+/-]+=*/gi,
  /([?&](?:token|code|client_secret|code_verifier|refresh_token|access_token)=)[^&\s"]+/gi,
];

const longestText = 2_000;
const deepestLevel = 6;

/** A copy of `value` that may be written to a log: named and recognised secrets are gone, texts are of bounded length. */
export function redact(value: unknown, level = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null) return typeof value === "bigint" ? `${value}` : value;
  if (level >= deepestLevel) return "[too deep]";
  if (value instanceof Error) {
    return redact(
      { name: value.name, message: value.message, stack: value.stack, cause: value.cause },
      level + 1,
    );
  }
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, level + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      secretName.test(name) && item !== null && item !== undefined ? "[redacted]" : redact(item, level + 1),
    ]),
  );
}

function redactText(text: string): string {
  let clean = text.length > longestText ? `${text.slice(0, longestText)}… (${text.length} characters)` : text;
  for (const pattern of secretText) {
    clean = clean.replace(
      pattern,
      (_match, prefix: unknown) => `${typeof prefix === "string" ? prefix : ""}[redacted]`,
    );
  }
  return clean;
}
