import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";

const STYLE =
  "body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto 0;padding:0 1.5rem;color-scheme:light dark}";

/** Nothing may run or be loaded on the page; its one style is allowed by its hash. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The texts are ours: nothing a browser sent is ever shown. */
const PAGES = {
  received: { status: 200, title: "Slack has answered", text: "Go back to Muster; you may close this page." },
  denied: { status: 200, title: "Sign-in declined", text: "Nothing was connected. You may close this page." },
  failed: { status: 400, title: "Slack could not sign you in", text: "Go back to Muster, which shows why." },
  foreign: { status: 400, title: "Not a sign-in of ours", text: "Start the sign-in in Muster again." },
  unknown: { status: 404, title: "Nothing here", text: "This address only waits for a sign-in to end." },
} as const;

export type ResultPage = keyof typeof PAGES;

export function sendResultPage(response: ServerResponse, page: ResultPage): void {
  const { status, title, text } = PAGES[page];
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    // The address holds the code.
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    connection: "close",
  });
  response.end(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title} – Muster</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`);
}
