import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConnectionsDeps } from "#main/features/connections/index.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import type { OAuthStep } from "#shared/contract/connections.ts";
import { HOUR_MS, MINUTE_MS } from "#shared/lib/time.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import {
  lockedKeychain,
  openWorkbench,
  shiftedClock,
  startWorld,
  valueOf,
  type Workbench,
} from "./workbench.ts";

const never = new AbortController().signal;

let world: Sandbox;
let bench: Workbench;

beforeEach(async () => {
  world = await startWorld();
  bench = await openWorkbench();
});
afterEach(async () => {
  await bench.close();
  await world.close();
});

function begin(signal = never) {
  const { clientId, apiUrl, oauthAuthorizeUrl } = world.ready.slack;
  const input = { clientId, apiUrl, authorizeUrl: oauthAuthorizeUrl };
  const steps = bench.connections.signInSlack(input, signal);
  return steps[Symbol.asyncIterator]();
}

/** Signs in to the end, with somebody at the browser who acts once the page is to open. */
async function signIn(atBrowser: (url: string) => Promise<unknown>): Promise<OAuthStep[]> {
  const steps: OAuthStep[] = [];
  for await (const step of { [Symbol.asyncIterator]: () => begin() }) {
    steps.push(step);
    if (step.step === "browser-opened") await atBrowser(step.url);
  }
  return steps;
}

/** Reads the consent page and presses one of its buttons, as a browser would; answers the last page. */
async function press(decision: "allow" | "deny", url: string): Promise<Response> {
  const page = await (await fetch(url)).text();
  const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1] ?? "";
  const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? "";
  return fetch(new URL(action, url), { method: "POST", body: new URLSearchParams({ request, decision }) });
}

/** The address Slack is told to send the browser back to, with this query. */
function callback(url: string, query: Record<string, string>): string {
  const asked = new URL(url).searchParams;
  const target = new URL(asked.get("redirect_uri") ?? "");
  target.search = new URLSearchParams({ state: asked.get("state") ?? "", ...query }).toString();
  return target.href;
}

async function firstUrl(steps: AsyncIterator<OAuthStep>): Promise<string> {
  const { value } = (await steps.next()) as IteratorResult<OAuthStep, OAuthStep>;
  if (value?.step !== "browser-opened") throw new Error(`unexpected step ${JSON.stringify(value)}`);
  return value.url;
}

describe("signing in through the browser", () => {
  test("goes from the consent page to a connection, without a client secret", async () => {
    let page: Response | null = null;
    const steps = await signIn(async (url) => (page = await press("allow", url)));

    const [opened, , done] = steps;
    const asked =
      opened?.step === "browser-opened" ? new URL(opened.url).searchParams : new URLSearchParams();
    const id = done?.step === "done" ? done.connection.id : "";
    expect({
      steps: steps.map(({ step }) => step),
      asked: [...asked.keys()],
      scopes: asked.get("user_scope"),
      method: asked.get("code_challenge_method"),
      redirect: asked.get("redirect_uri"),
      opened: bench.opened,
      page: page && (page as Response).status,
      connection: done?.step === "done" && done.connection,
      secret: JSON.parse(valueOf(await bench.keychain.getSecret(id))) as unknown,
      actions: await bench.actions(),
    }).toMatchObject({
      steps: ["browser-opened", "exchanging", "done"],
      asked: ["client_id", "user_scope", "redirect_uri", "state", "code_challenge", "code_challenge_method"],
      scopes:
        "channels:read,groups:read,users:read,users:read.email,channels:write,groups:write,chat:write,im:write,pins:write",
      method: "S256",
      redirect: expect.stringMatching(/^http:\/\/localhost:\d+\/slack\/callback$/) as string,
      opened: [opened?.step === "browser-opened" && opened.url],
      page: 200,
      connection: { state: "ready", isSandbox: false, workspaceId: world.ready.slack.teamId },
      secret: {
        accessToken: expect.stringMatching(/^xoxp-/) as string,
        refreshToken: null,
        expiresAtMs: null,
      },
      actions: ["operator: connection.added: done"],
    });
  });

  test("works on although no browser opens: the address is shown", async () => {
    await bench.close();
    bench = await openWorkbench({ openBrowser: () => Promise.reject(new Error("no browser")) });

    const steps = await signIn((url) => press("allow", url));

    expect(steps.at(-1)?.step).toBe("done");
  });

  test("ends when it is declined", async () => {
    const steps = await signIn((url) => press("deny", url));

    expect(steps).toMatchObject([
      { step: "browser-opened" },
      { step: "failed", failure: { code: "slack/oauth-denied" } },
    ]);
  });

  test.each([
    [{ code: "made-up" }, "invalid_code"],
    [{ error: "invalid_team_for_non_distributed_app" }, "invalid_team_for_non_distributed_app"],
    [{}, "no_code"],
  ])("fails with what Slack said when the browser comes back with %j", async (query, slackError) => {
    const steps = await signIn((url) => fetch(callback(url, query)));

    expect(steps.at(-1)).toMatchObject({
      step: "failed",
      failure: { code: "slack/oauth-failed", facts: { slackError } },
    });
  });

  test("does not begin without a keychain: no browser, no request", async () => {
    bench.keychain.refuse = lockedKeychain;

    const steps = await signIn(() => Promise.reject(new Error("opened")));

    expect([steps, bench.opened]).toEqual([[{ step: "failed", failure: lockedKeychain }], []]);
  });

  test("does not begin on an address a code must not be sent to", async () => {
    const steps = [];
    const elsewhere = { clientId: "1", apiUrl: "http://example.com/api/" };
    for await (const step of bench.connections.signInSlack(elsewhere, never)) steps.push(step);

    expect(steps).toMatchObject([{ step: "failed", failure: { facts: { reason: "address-refused" } } }]);
  });

  test("gives up after ten minutes", async () => {
    await bench.close();
    const clock = createManualClock();
    bench = await openWorkbench({ clock });
    const steps = begin();
    const url = await firstUrl(steps);
    const last = steps.next();

    await clock.advance(10 * MINUTE_MS);

    expect((await last).value).toMatchObject({ step: "failed", failure: { code: "slack/oauth-timed-out" } });
    expect((await steps.next()).done).toBe(true);
    await expect(fetch(callback(url, { code: "late" }))).rejects.toThrow("fetch failed");
  });

  test.each(["the caller's signal", "leaving the loop", "closing Muster"])(
    "is cancelled by %s",
    async (how) => {
      const stop = new AbortController();
      const steps = begin(stop.signal);
      const url = await firstUrl(steps);
      const pending = steps.next();
      if (how === "the caller's signal") stop.abort();
      else if (how === "leaving the loop") await steps.return?.();
      else await bench.connections.stop();

      expect((await pending).done).toBe(true);
      await expect(fetch(callback(url, { code: "late" }))).rejects.toThrow("fetch failed");
      expect(await bench.connections.list()).toEqual([]);
    },
  );
});

describe("the address the browser comes back to", () => {
  test("ignores what is not this sign-in's, runs nothing, shows nothing it was sent, and then still works", async () => {
    const foreign: { status: number; policy: string | null; body: string }[] = [];
    const steps = await signIn(async (url) => {
      const right = callback(url, { code: "x" });
      const wrongState = callback(url, { code: "x", state: "<script>alert(1)</script>" });
      const noState = right.replace(/state=[^&]*/, "");
      const otherPath = right.replace("/slack/callback", "/favicon.ico");
      for (const [address, method] of [
        [wrongState, "GET"],
        [noState, "GET"],
        [otherPath, "GET"],
        [right, "POST"],
      ] as const) {
        const response = await fetch(address, { method });
        foreign.push({
          status: response.status,
          policy: response.headers.get("content-security-policy"),
          body: await response.text(),
        });
      }
      await press("allow", url);
    });

    expect({
      statuses: foreign.map(({ status }) => status),
      policies: foreign.every(({ policy }) => policy?.startsWith("default-src 'none'; style-src 'sha256-")),
      scripts: foreign.some(({ body }) => body.includes("script")),
      end: steps.at(-1)?.step,
    }).toEqual({ statuses: [400, 400, 404, 404], policies: true, scripts: false, end: "done" });
  });

  test("refuses a request that came under another name", async () => {
    const steps = begin();
    const target = new URL(callback(await firstUrl(steps), { code: "x" }));
    const rebound = request({
      host: "127.0.0.1",
      port: target.port,
      path: target.pathname + target.search,
      headers: { host: `evil.example:${target.port}` },
    }).end();
    const [response] = (await once(rebound, "response")) as [{ statusCode: number }];
    await steps.return?.();

    expect(response.statusCode).toBe(404);
  });

  test("is the next port when another program holds the first, and a clear failure when all are held", async () => {
    await bench.close();
    const blocker = await hold("127.0.0.1");
    const other = await hold("127.0.0.1");
    const free = await freePort();
    bench = await openWorkbench({ redirectPorts: [blocker.port, free] });
    const steps = begin();
    const redirect = new URL(await firstUrl(steps)).searchParams.get("redirect_uri");
    await steps.return?.();
    await bench.close();
    bench = await openWorkbench({ redirectPorts: [blocker.port, other.port] });
    const held = await signIn(() => Promise.reject(new Error("opened")));
    blocker.server.close();
    other.server.close();

    expect([redirect, held]).toMatchObject([
      `http://localhost:${free}/slack/callback`,
      [{ step: "failed", failure: { code: "slack/oauth-failed", facts: { reason: "ports-taken" } } }],
    ]);
  });
});

describe("a token that expires", () => {
  /** Signs in to a Slack whose tokens live twelve hours; the two clocks can be moved apart. */
  async function signInRotating(changed: Partial<ConnectionsDeps> = {}) {
    await bench.close();
    await world.close();
    const ours = shiftedClock();
    const slacks = shiftedClock();
    world = await startWorld({ nowMs: () => slacks.nowMs() });
    world.control.configure({ tokenRotation: true });
    bench = await openWorkbench({ clock: ours, ...changed });
    const steps = await signIn((url) => press("allow", url));
    const done = steps.at(-1);
    if (done?.step !== "done") throw new Error("not signed in");
    const { id } = done.connection;
    const session = valueOf(await bench.connections.openSession(id));
    world.control.clearCalls();
    return { id, session, ours, slacks };
  }

  const calls = () => world.control.calls().calls.map(({ method, error }) => `${method} ${error ?? "ok"}`);

  test("is renewed shortly before it does, once for everybody, and the new pair is kept", async () => {
    const { id, session, ours, slacks } = await signInRotating();
    const before = valueOf(await bench.keychain.getSecret(id));
    ours.shiftMs = slacks.shiftMs = 12 * HOUR_MS - 5 * MINUTE_MS;

    const results = await Promise.all(
      Array.from({ length: 5 }, () => session.fetchIdentity({ signal: never })),
    );

    const after = valueOf(await bench.keychain.getSecret(id));
    expect({
      results: results.map((result) => result.ok),
      calls: calls(),
      changed: before !== after,
    }).toEqual({
      results: [true, true, true, true, true],
      calls: ["oauth.v2.access ok", ...Array.from({ length: 5 }, () => "auth.test ok")],
      changed: true,
    });
    expect(bench.everythingKept()).not.toContain(
      (JSON.parse(after) as { refreshToken: string }).refreshToken,
    );
  });

  test("is granted, used and renewed through the fetch that the feature was given", async () => {
    const asked: string[] = [];
    const { session, ours, slacks } = await signInRotating({
      fetch: (input, init) => {
        asked.push(new URL(input instanceof Request ? input.url : input).pathname.replace("/api/", ""));
        return fetch(input, init);
      },
    });
    ours.shiftMs = slacks.shiftMs = 13 * HOUR_MS;
    await session.fetchIdentity({ signal: never });

    expect(asked).toEqual(["oauth.v2.access", "auth.test", "oauth.v2.access", "auth.test"]);
  });

  test("is renewed when Slack says so although our clock does not", async () => {
    const { session, slacks } = await signInRotating();
    slacks.shiftMs = 13 * HOUR_MS;

    const result = await session.fetchIdentity({ signal: never });

    expect([result.ok, calls()]).toEqual([
      true,
      ["auth.test token_expired", "oauth.v2.access ok", "auth.test ok"],
    ]);
  });

  test("is used for its last minutes while nobody renews it", async () => {
    const { session, ours } = await signInRotating();
    ours.shiftMs = 12 * HOUR_MS - 5 * MINUTE_MS;
    world.control.addFault({ method: "oauth.v2.access", kind: "drop" });

    expect([(await session.fetchIdentity({ signal: never })).ok, calls()]).toEqual([
      true,
      [expect.stringContaining("oauth.v2.access"), "auth.test ok"],
    ]);
  });

  test("asks to sign in again when its refresh token is no longer good", async () => {
    const { id, ours, slacks } = await signInRotating();
    ours.shiftMs = slacks.shiftMs = 13 * HOUR_MS;
    world.control.addFault({ method: "oauth.v2.access", kind: "error:invalid_refresh_token" });

    const opened = await bench.connections.openSession(id);
    world.control.addFault({ method: "oauth.v2.access", kind: "error:invalid_refresh_token" });
    const checked = await bench.connections.check({ connectionId: id });

    expect([opened, checked]).toMatchObject([
      { error: { code: "slack/token-expired" } },
      { value: { state: "signed-out", failure: { code: "slack/token-expired" } } },
    ]);
  });

  test("and is being renewed when Muster closes is kept before it has closed", async () => {
    const { id, session, ours, slacks } = await signInRotating();
    const before = valueOf(await bench.keychain.getSecret(id));
    ours.shiftMs = slacks.shiftMs = 12 * HOUR_MS - 5 * MINUTE_MS;
    world.control.addFault({ method: "oauth.v2.access", kind: "slow", delayMs: 300, times: 1 });
    const reading = session.fetchIdentity({ signal: never });
    while (world.control.listFaults()[0]?.struck !== 1) await ours.sleep(5);

    await bench.connections.stop();
    const after = valueOf(await bench.keychain.getSecret(id));
    await reading;

    expect(after).not.toBe(before);
  });

  test("that was renewed but could not be kept is used on, and kept at the next chance", async () => {
    const { id, session, ours, slacks } = await signInRotating();
    ours.shiftMs = slacks.shiftMs = 13 * HOUR_MS;
    bench.keychain.refuse = lockedKeychain;
    const first = await session.fetchIdentity({ signal: never });
    bench.keychain.refuse = null;
    ours.shiftMs += 2 * MINUTE_MS;
    const second = await session.fetchIdentity({ signal: never });
    const nextProcess = await openWorkbench({ keychain: bench.keychain, clock: ours }, bench.store);

    const third = valueOf(await nextProcess.connections.check({ connectionId: id }));
    await nextProcess.connections.stop();

    expect([first.ok, second.ok, third.state]).toEqual([true, true, "ready"]);
  });
});

test("a renewal that ends after the connection was removed brings its secret back neither to the keychain nor to use", async () => {
  const clock = shiftedClock();
  world.control.configure({ tokenRotation: true });
  await bench.close();
  bench = await openWorkbench({ clock });
  const done = (await signIn((url) => press("allow", url))).at(-1);
  if (done?.step !== "done") throw new Error("not signed in");
  const { id } = done.connection;
  const session = valueOf(await bench.connections.openSession(id));
  clock.shiftMs = 12 * HOUR_MS - 5 * MINUTE_MS;
  world.control.addFault({ method: "oauth.v2.access", kind: "slow", delayMs: 300, times: 1 });
  const reading = session.fetchIdentity({ signal: never });
  while (world.control.listFaults()[0]?.struck !== 1) await clock.sleep(5);

  await bench.connections.remove({ connectionId: id, revoke: false });
  await reading;

  expect([await bench.keychain.getSecret(id), await session.fetchIdentity({ signal: never })]).toMatchObject([
    { error: { code: "keychain/secret-missing" } },
    { error: { code: "keychain/secret-missing" } },
  ]);
});

async function hold(host: string): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

async function freePort(): Promise<number> {
  const { server, port } = await hold("127.0.0.1");
  server.close();
  await once(server, "close");
  return port;
}
