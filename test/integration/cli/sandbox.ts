import type { TelegramSignInFacts } from "#sandbox/control/sandbox-control.ts";
import type { TelegramReady } from "#sandbox/telegram/telegram-ready.ts";
import { muster, startMuster } from "./muster.ts";

/** What `muster sandbox start --json` prints, as far as these tests need it. */
interface Ready {
  readonly pid: number;
  readonly controlUrl: string;
  readonly telegram: TelegramReady;
  readonly slack: {
    readonly apiUrl: string;
    readonly oauthAuthorizeUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly tokenOwnerId: string;
    readonly tokens: Readonly<Record<"full" | "missingScope" | "revoked" | "bot", string>>;
  };
}

/** A sandbox that was started from the command line, in a process of its own. */
export interface RunningSandbox {
  readonly ready: Ready;
  /** The sample team-and-rules file of its world. */
  readonly rules: string;
  /** `muster sandbox fault …` on this very one. */
  fault(...words: string[]): Promise<void>;
  /** From now on answers this many calls and then no more; forgets faults and calls from before. */
  stallAfter(calls: number): Promise<void>;
  /** API calls answered or left unanswered since the last `forgetCalls`. */
  countCalls(): Promise<number>;
  forgetCalls(): Promise<void>;
  /** Changes the world while it runs. */
  change(body: Readonly<Record<string, string>>): Promise<void>;
  /** A phone of this person's scans a QR code. */
  scan(link: string, personId: string): Promise<void>;
  /** Every client that is signed in to the simulated Telegram. */
  signIns(): Promise<readonly TelegramSignInFacts[]>;
  /** Signs in through its OAuth pages, and answers with the token a person would be given. */
  signInAnew(): Promise<string>;
  stop(): Promise<void>;
}

export async function startSandboxCommand(...flags: string[]): Promise<RunningSandbox> {
  const command = startMuster(["sandbox", "start", "--json", ...flags]);
  const world = flags.flatMap((flag, at) =>
    flag === "--world" || flag === "--seed" ? [flag, flags[at + 1] ?? ""] : [],
  );
  const rules = (await muster(["sandbox", "rules", ...world])).stdout;
  const ready = JSON.parse(await command.firstLine()) as Ready;
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(new URL(path, ready.controlUrl), {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    ready,
    rules,
    async fault(...words) {
      const { code, stderr } = await muster(["sandbox", "fault", ...words, "--control", ready.controlUrl]);
      if (code !== 0) throw new Error(stderr);
    },
    async stallAfter(calls) {
      await ask("DELETE", "faults");
      await ask("DELETE", "calls");
      await ask("POST", "faults", { method: "*", kind: "stall", after: calls, times: null });
    },
    countCalls: async () => ((await ask("GET", "calls")) as { total: number }).total,
    forgetCalls: async () => void (await ask("DELETE", "calls")),
    change: async (body) => void (await ask("POST", "world", body)),
    scan: async (link, personId) =>
      void (await ask("POST", "telegram/accept-login-token", { link, personId })),
    signIns: async () =>
      ((await ask("GET", "telegram/sign-ins")) as { signIns: readonly TelegramSignInFacts[] }).signIns,
    async signInAnew() {
      await ask("POST", "settings", { oauthDecision: "allow" });
      return signIn(ready);
    },
    async stop() {
      command.process.kill("SIGTERM");
      await command.ended();
    },
  };
}

async function signIn({ slack }: Ready): Promise<string> {
  const redirect = "http://127.0.0.1:47811/slack/callback";
  const page = new URL(slack.oauthAuthorizeUrl);
  page.search = new URLSearchParams({
    client_id: slack.clientId,
    user_scope: "channels:read,groups:read,users:read,users:read.email,team:read",
    redirect_uri: redirect,
    state: "s",
  }).toString();
  const sentBack = await fetch(page, { redirect: "manual" });
  const code = new URL(sentBack.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const granted = await fetch(new URL("oauth.v2.access", slack.apiUrl), {
    method: "POST",
    body: new URLSearchParams({
      code,
      client_id: slack.clientId,
      client_secret: slack.clientSecret,
      redirect_uri: redirect,
    }),
  });
  const answer = (await granted.json()) as { authed_user?: { access_token?: string }; error?: string };
  const token = answer.authed_user?.access_token;
  if (token === undefined) throw new Error(`no token: ${answer.error}`);
  return token;
}
