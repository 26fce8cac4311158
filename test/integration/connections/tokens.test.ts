import { isDeepStrictEqual } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { failure, FailureError } from "#shared/domain/failure.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import { err, ok } from "#shared/lib/result.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { lockedKeychain, openWorkbench, startWorld, valueOf, type Workbench } from "./workbench.ts";

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

/** Adds one of the sandbox's tokens. */
function add(token: keyof Sandbox["ready"]["slack"]["tokens"], from = world) {
  const { tokens, apiUrl } = from.ready.slack;
  return bench.connections.addSlackToken({ token: tokens[token], apiUrl });
}

const NEEDED = ["channels:read", "groups:read", "users:read"];
const CHANGING = ["channels:write", "groups:write", "chat:write", "im:write", "pins:write"];

function scopes(...missing: string[]) {
  return [...NEEDED, "users:read.email", ...CHANGING].map((scope) => ({
    scope,
    purpose: expect.stringMatching(/\.$/) as string,
    need: NEEDED.includes(scope) ? "needed" : "useful",
    granted: !missing.includes(scope),
  }));
}

describe("adding a workspace by its token", () => {
  test("keeps the secret in the keychain and the rest in the store, and tells everybody", async () => {
    const added = valueOf(await add("full"));

    const { teamId, teamName, tokenOwnerId, apiUrl, tokens } = world.ready.slack;
    expect(added).toEqual({
      id: `slack:${teamId}:${tokenOwnerId}`,
      platform: "slack",
      workspaceId: teamId,
      label: teamName,
      userId: tokenOwnerId,
      userName: world.control.truth().people.find((person) => person.tokenOwner)?.slackUsername,
      apiUrl,
      isProduction: false,
      isSandbox: false,
      state: "ready",
      failure: null,
      scopes: scopes(),
      addedAtMs: expect.any(Number) as number,
      checkedAtMs: added.addedAtMs,
    });
    expect({
      listed: await bench.connections.list(),
      secret: JSON.parse(valueOf(await bench.keychain.getSecret(added.id))) as unknown,
      announced: bench.announced,
      woken: bench.woken,
      actions: await bench.actions(),
    }).toEqual({
      listed: [added],
      secret: { accessToken: tokens.full, refreshToken: null, expiresAtMs: null, clientId: null },
      announced: ["connections"],
      woken: [added.id],
      actions: ["operator: connection.added: done"],
    });
  });

  test("leaves the token in no file of the profile and in no line of the log", async () => {
    const { id } = valueOf(await add("full"));
    await bench.connections.check({ connectionId: id });
    world.control.addFault({ method: "auth.test", kind: "http500", times: null });
    await bench.connections.check({ connectionId: id });

    const kept = bench.everythingKept();

    expect(kept).toContain(id);
    expect(kept).toContain("slack-no-answer");
    expect(kept).not.toContain(world.ready.slack.tokens.full);
  });

  test("takes a token with scopes missing, names them, and opens no session on it", async () => {
    const added = valueOf(await add("missingScope"));

    expect(added.scopes).toEqual(scopes("groups:read", "users:read.email", ...CHANGING));
    expect(await bench.connections.openSession(added.id)).toEqual(
      err(
        failure(
          "slack/missing-scope",
          { needed: "groups:read", provided: "channels:read,users:read" },
          "Needed: groups:read.",
        ),
      ),
    );
  });

  test.each([
    ["revoked", "slack/token-revoked"],
    ["expired", "slack/token-expired"],
    ["inactive", "slack/account-inactive"],
    ["bot", "slack/token-kind"],
  ] as const)("refuses the %s token and keeps nothing", async (token, code) => {
    expect(await add(token)).toMatchObject({ ok: false, error: { code } });
    expect([await bench.connections.list(), await bench.actions(), bench.announced]).toEqual([[], [], []]);
  });

  test("does not send a bot token anywhere", async () => {
    await add("bot");

    expect(world.control.calls().total).toBe(0);
  });

  test("keeps nothing when the keychain refuses", async () => {
    bench.keychain.refuse = lockedKeychain;

    expect([await add("full"), await bench.connections.list(), await bench.actions()]).toEqual([
      err(lockedKeychain),
      [],
      [],
    ]);
  });

  test("leaves no secret behind when the disk is full", async () => {
    await bench.close();
    const full = new FailureError(failure("store/disk-full"));
    const working = await openTemporaryStore();
    bench = await openWorkbench({ store: { ...working, write: () => Promise.reject(full) } }, working);
    const { teamId, tokenOwnerId } = world.ready.slack;

    await expect(add("full")).rejects.toBe(full);
    expect(await bench.keychain.getSecret(`slack:${teamId}:${tokenOwnerId}`)).toMatchObject({
      error: { code: "keychain/secret-missing" },
    });
  });

  test("refuses an address the token must not be sent to, before sending it", async () => {
    const apiUrl = world.ready.slack.apiUrl.replace("127.0.0.1", "127.0.0.1.example.com");

    expect(await bench.connections.addSlackToken({ token: "xoxp-1", apiUrl })).toMatchObject({
      error: { code: "network/unreachable", facts: { reason: "address-refused" } },
    });
  });

  test("says when Slack wants to wait for longer than somebody at a screen would", async () => {
    world.control.addFault({ method: "auth.test", kind: "ratelimit", retryAfterS: 3_600 });
    const before = Date.now();

    const refused = await add("full");

    expect(refused).toMatchObject({ ok: false, error: { code: "slack/rate-limited" } });
    expect(refused.ok || Number(refused.error.facts["untilMs"])).toBeGreaterThanOrEqual(before + 3_600_000);
  });

  test("holds several workspaces at once", async () => {
    const other = await startWorld({ seed: 2 });
    const first = valueOf(await add("full"));
    const second = valueOf(await add("full", other));
    const [one, two] = [
      valueOf(await bench.connections.openSession(first.id)),
      valueOf(await bench.connections.openSession(second.id)),
    ];

    const identities = [
      await one.fetchIdentity({ signal: never }),
      await two.fetchIdentity({ signal: never }),
    ];
    await other.close();

    expect(identities).toMatchObject([
      { value: { teamId: world.ready.slack.teamId } },
      { value: { teamId: other.ready.slack.teamId } },
    ]);
    expect(await bench.connections.listAuditable()).toEqual([first, second]);
  });
});

describe("adding the same account again", () => {
  test("renews the connection, wakes what paused on it, and the open session goes on with the new token", async () => {
    const first = valueOf(await add("missingScope"));
    const renewed = valueOf(await add("full"));
    const session = valueOf(await bench.connections.openSession(first.id));
    const again = valueOf(await add("full"));

    await session.fetchIdentity({ signal: never });

    expect({
      ids: [renewed.id, again.id],
      addedAtMs: again.addedAtMs,
      listed: (await bench.connections.list()).length,
      woken: bench.woken,
      actions: await bench.actions(),
      usedToken: world.control.calls().calls.at(-1)?.token,
    }).toEqual({
      ids: [first.id, first.id],
      addedAtMs: first.addedAtMs,
      listed: 1,
      woken: [first.id, first.id, first.id],
      actions: [
        "operator: connection.added: done",
        "operator: connection.renewed: done",
        "operator: connection.renewed: done",
      ],
      usedToken: "full",
    });
  });

  test("shares one session, and so one set of limits, among all who open it", async () => {
    const { id } = valueOf(await add("full"));

    const [one, two] = [await bench.connections.openSession(id), await bench.connections.openSession(id)];

    expect(valueOf(one)).toBe(valueOf(two));
  });
});

describe("a token that is revoked while it is in use", () => {
  test("shows in the session, in the connection and in the log, until somebody signs in again", async () => {
    const { id } = valueOf(await add("full"));
    const session = valueOf(await bench.connections.openSession(id));
    world.control.addFault({ method: "users.list", kind: "error:token_revoked", times: 1 });
    const read = await session.fetchUsers({ cursor: null, signal: never });
    if (read.ok) throw new Error("the sandbox did not revoke the token");
    await bench.connections.markSignedOut(id, read.error);
    await bench.connections.markSignedOut(id, read.error);
    const [signedOut] = await bench.connections.list();
    const refused = await bench.connections.openSession(id);
    const renewed = valueOf(await add("full"));

    expect({ signedOut, refused, renewed, actions: await bench.actions() }).toMatchObject({
      signedOut: { state: "signed-out", failure: { code: "slack/token-revoked" } },
      refused: err(read.error),
      renewed: { state: "ready", failure: null },
      actions: [
        "operator: connection.added: done",
        "muster: connection.signed-out: done",
        "operator: connection.renewed: done",
      ],
    });
  });
});

test("what is out of reach is shown as such and wakes what paused on it once it is reached; signed out stays signed out", async () => {
  const { id } = valueOf(await add("full"));
  const shown = async (): Promise<string | undefined> => (await bench.connections.list())[0]?.state;
  await bench.connections.markUnreachable(id, failure("network/unreachable"));
  const away = [await shown(), bench.woken.length];
  await bench.connections.markReady(id);
  const back = [await shown(), bench.woken.length];
  await bench.connections.markSignedOut(id, failure("slack/token-revoked"));
  await bench.connections.markUnreachable(id, failure("network/unreachable"));

  expect([away, back, await shown()]).toEqual([["unreachable", 1], ["ready", 2], "signed-out"]);
});

test("a permission that was taken away is shown once Slack says so, and what paused on it goes on when it is back", async () => {
  const { id } = valueOf(await add("full"));
  const session = valueOf(await bench.connections.openSession(id));
  const lacked = async () =>
    (await bench.connections.list()).flatMap((connection) =>
      connection.scopes.filter(({ granted }) => !granted).map(({ scope }) => scope),
    );
  world.control.changeToken({ label: "full", remove: ["chat:write"] });
  const before = await lacked();
  const refused = await session.sendMessage({ channelId: "C0", text: "Hi", signal: never });
  if (refused.ok) throw new Error("the sandbox did not take the permission away");
  await bench.connections.markLacking(id, failure("slack/not-in-channel"));
  const other = await lacked();
  await bench.connections.markLacking(id, refused.error);
  const [shown] = await bench.connections.list();
  await bench.connections.markLacking(id, refused.error);
  const [again] = await bench.connections.list();
  const woken = bench.woken.length;
  world.control.changeToken({ label: "full", add: ["chat:write"] });
  await bench.connections.check({ connectionId: id });

  expect({
    lacked: [before, other, shown?.scopes.flatMap(({ scope, granted }) => (granted ? [] : [scope]))],
    state: shown?.state,
    isSame: isDeepStrictEqual(shown, again),
    after: [await lacked(), bench.woken.length - woken],
  }).toEqual({
    lacked: [[], [], ["chat:write"]],
    state: "ready",
    isSame: true,
    after: [[], 1],
  });
});

describe("checking a connection", () => {
  test("notices a revoked token, and that nobody answers, and that it works again", async () => {
    const { id } = valueOf(await add("full"));
    const states = [];
    for (const fault of ["error:token_revoked", "drop", null]) {
      world.control.clearFaults();
      if (fault) world.control.addFault({ method: "auth.test", kind: fault, times: null });
      const { state, failure: why } = valueOf(await bench.connections.check({ connectionId: id }));
      states.push([state, why?.code ?? null]);
    }

    expect({ states, woken: bench.woken, actions: await bench.actions() }).toEqual({
      states: [
        ["signed-out", "slack/token-revoked"],
        ["unreachable", "network/unreachable"],
        ["ready", null],
      ],
      woken: [id, id],
      actions: ["operator: connection.added: done", "muster: connection.signed-out: done"],
    });
  });

  test("a secret that vanished from the keychain means signing in again; a locked keychain does not", async () => {
    const { id } = valueOf(await add("full"));
    bench.keychain.refuse = lockedKeychain;
    const fresh = await openWorkbench({ keychain: bench.keychain }, bench.store);
    const locked = valueOf(await fresh.connections.check({ connectionId: id }));
    bench.keychain.refuse = null;
    await bench.keychain.removeSecret(id);
    const gone = valueOf(await fresh.connections.check({ connectionId: id }));
    await fresh.connections.stop();

    expect([locked, gone]).toMatchObject([
      { state: "unreachable", failure: { code: "keychain/locked" } },
      { state: "signed-out", failure: { code: "keychain/secret-missing" } },
    ]);
  });

  test("learns of scopes that were added to the app", async () => {
    const { id } = valueOf(await add("missingScope"));
    const { tokens } = world.ready.slack;
    await bench.keychain.setSecret(
      id,
      JSON.stringify({ accessToken: tokens.full, refreshToken: null, expiresAtMs: null, clientId: null }),
    );

    const checked = valueOf(await bench.connections.check({ connectionId: id }));

    expect([checked.scopes, bench.woken]).toEqual([scopes(), [id, id]]);
  });

  test("a connection that is gone is not found", async () => {
    expect(await bench.connections.check({ connectionId: ConnectionId.parse("slack:T0:U0") })).toEqual(
      err(failure("input/not-found")),
    );
  });
});

describe("removing a connection", () => {
  test("forgets it and its secret, and leaves the token alone unless asked", async () => {
    const { id } = valueOf(await add("full"));

    const removed = await bench.connections.remove({ connectionId: id, revoke: false });

    expect([
      removed,
      await bench.connections.list(),
      (await bench.keychain.getSecret(id)).ok,
      await bench.connections.openSession(id),
      await bench.actions(),
      (await add("full")).ok,
    ]).toEqual([
      ok(undefined),
      [],
      false,
      err(failure("input/not-found")),
      ["operator: connection.added: done", "operator: connection.removed: done"],
      true,
    ]);
  });

  test("with revoke ends the token at Slack", async () => {
    const { id } = valueOf(await add("full"));

    const removed = await bench.connections.remove({ connectionId: id, revoke: true });

    expect([removed, await add("full")]).toMatchObject([
      ok(undefined),
      { error: { code: "slack/token-revoked" } },
    ]);
  });

  test("with revoke is content with a token that is already dead", async () => {
    const { id } = valueOf(await add("full"));
    world.control.addFault({ method: "auth.revoke", kind: "error:token_revoked" });

    expect(await bench.connections.remove({ connectionId: id, revoke: true })).toEqual(ok(undefined));
  });

  test("keeps everything when Slack cannot be told, or the keychain is locked", async () => {
    const added = valueOf(await add("full"));
    world.control.addFault({ method: "auth.revoke", kind: "drop" });
    const unheard = await bench.connections.remove({ connectionId: added.id, revoke: true });
    bench.keychain.refuse = lockedKeychain;
    const locked = await bench.connections.remove({ connectionId: added.id, revoke: false });
    bench.keychain.refuse = null;

    expect([
      unheard,
      locked,
      await bench.connections.list(),
      (await bench.keychain.getSecret(added.id)).ok,
    ]).toMatchObject([{ error: { code: "network/unreachable" } }, err(lockedKeychain), [added], true]);
  });
});
