import { describe, expect, test } from "vitest";
import { createSandboxLauncher, type SpawnedProcess } from "#main/platforms/sandbox/index.ts";
import { silentLog } from "#shared/lib/log.ts";
import { ok } from "#shared/lib/result.ts";

const slack = {
  apiUrl: "http://127.0.0.1:4000/api/",
  oauthAuthorizeUrl: "http://127.0.0.1:4000/oauth/v2/authorize",
  teamId: "T1",
  clientId: "1.2",
  tokens: { full: "xoxp-full" },
};

interface Puppet extends SpawnedProcess {
  say(text: string): void;
  complain(text: string): void;
  exit(code: number | null): void;
  readonly orders: string[];
}

/** A child process that does nothing by itself; told to end, it does so unless it is stubborn. */
function puppet(stubborn = false): Puppet {
  let onStdout = (_text: string): void => undefined;
  let onStderr = (_text: string): void => undefined;
  let onExit = (_code: number | null): void => undefined;
  const orders: string[] = [];
  return {
    orders,
    onStdout: (listener) => (onStdout = listener),
    onStderr: (listener) => (onStderr = listener),
    onExit: (listener) => (onExit = listener),
    end() {
      orders.push("end");
      if (!stubborn) onExit(0);
    },
    kill() {
      orders.push("kill");
      onExit(null);
    },
    say: (text) => onStdout(text),
    complain: (text) => onStderr(text),
    exit: (code) => onExit(code),
  };
}

function launch(children: Puppet[], act: (child: Puppet) => void, options = {}) {
  const spawned: (readonly string[])[] = [];
  const launcher = createSandboxLauncher({
    log: silentLog,
    readyWithinMs: 30,
    endWithinMs: 10,
    spawn: (args) => {
      const child = children[spawned.length] as Puppet;
      spawned.push(args);
      queueMicrotask(() => act(child));
      return child;
    },
  });
  return { spawned, started: launcher.start(options) };
}

describe("starting a sandbox", () => {
  test("passes the options and reads a ready line that arrives in pieces", async () => {
    const line = JSON.stringify({
      pid: 7,
      seed: 3,
      limits: "off",
      slack,
      controlUrl: "http://127.0.0.1:4000/_/",
      extra: 1,
    });
    const { spawned, started } = launch(
      [puppet()],
      (child) => {
        child.say(line.slice(0, 40));
        child.say(`${line.slice(40)}\nmore`);
      },
      { seed: 3, world: "small", limits: "off" },
    );

    expect({ result: await started, spawned }).toMatchObject({
      result: {
        ok: true,
        value: {
          ready: {
            limits: "off",
            slackApiUrl: slack.apiUrl,
            slackAuthorizeUrl: slack.oauthAuthorizeUrl,
            slackTeamId: "T1",
            slackClientId: "1.2",
            slackToken: "xoxp-full",
            telegram: null,
          },
        },
      },
      spawned: [["start", "--json", "--seed", "3", "--world", "small", "--limits", "off"]],
    });
  });

  test("reads of its Telegram where it is, and how the token's owner signs in", async () => {
    const account = { phone: "+10000001", code: "12345", password: "pass", isTokenOwner: true };
    const { started } = launch([puppet()], (child) =>
      child.say(
        `${JSON.stringify({
          limits: "on",
          slack,
          telegram: {
            dc: { id: 2, host: "127.0.0.1", port: 4_430 },
            publicKeyPem: "PEM",
            apiId: 7,
            apiHash: "hash",
            accounts: [{ ...account, phone: "+2", isTokenOwner: false }, account],
          },
        })}\n`,
      ),
    );

    expect(await started).toMatchObject({
      value: {
        ready: {
          telegram: {
            server: { host: "127.0.0.1", port: 4_430, publicKeyPem: "PEM" },
            app: { apiId: 7, apiHash: "hash" },
            account: { phone: "+10000001", code: "12345", password: "pass" },
          },
        },
      },
    });
  });

  const broken: [string, (child: Puppet) => void, string][] = [
    ["says nothing", () => undefined, "not ready after 30 ms"],
    ["says nonsense", (child) => child.say("hello\n"), "its first line is not what a sandbox says"],
    [
      "names an address that is not loopback",
      (child) =>
        child.say(
          `${JSON.stringify({ limits: "on", slack: { ...slack, apiUrl: "http://example.com/api/" } })}\n`,
        ),
      "its first line is not what a sandbox says",
    ],
    [
      "ends with a complaint",
      (child) => {
        child.complain("sandbox: port 80 of 127.0.0.1 is in use\n");
        child.exit(2);
      },
      "it ended: sandbox: port 80 of 127.0.0.1 is in use",
    ],
  ];

  test.each(broken)("one that %s is not started, for a reason", async (_what, act, reason) => {
    const { started } = launch([puppet()], act);

    expect(await started).toMatchObject({
      ok: false,
      error: { code: "sandbox/not-started", facts: { reason } },
    });
  });

  test("one that never gets ready and does not listen is killed", async () => {
    const child = puppet(true);
    await launch([child], () => undefined).started;

    expect(child.orders).toEqual(["end", "kill"]);
  });
});

describe("a started sandbox", () => {
  const ready = (child: Puppet): void => child.say(`${JSON.stringify({ limits: "on", slack })}\n`);

  test("gives the sample team of its own world, also when its end is heard after the exit", async () => {
    const team = puppet();
    const { spawned, started } = launch(
      [puppet(), team],
      (child) => {
        if (child !== team) return ready(child);
        child.say('{"team":');
        child.exit(0);
        child.say("[]}\n");
      },
      { seed: 9, limits: "off" },
    );
    const result = await started;

    expect([result.ok && (await result.value.fetchSampleTeam()), spawned[1]]).toEqual([
      ok('{"team":[]}\n'),
      ["rules", "--json", "--seed", "9"],
    ]);
  });

  test("says why when it has no sample team", async () => {
    const team = puppet();
    const { started } = launch([puppet(), team], (child) => {
      if (child !== team) return ready(child);
      child.complain("no such world");
      child.exit(2);
    });
    const result = await started;

    expect(result.ok && (await result.value.fetchSampleTeam())).toMatchObject({
      error: { code: "sandbox/not-started", facts: { reason: "it gave no sample team: no such world" } },
    });
  });

  test("ends when told, and is killed when it does not", async () => {
    const [willing, stubborn] = [puppet(), puppet(true)];
    for (const child of [willing, stubborn]) {
      const result = await launch([child], ready).started;
      if (result.ok) await result.value.stop();
    }

    expect([willing.orders, stubborn.orders]).toEqual([["end"], ["end", "kill"]]);
  });
});
