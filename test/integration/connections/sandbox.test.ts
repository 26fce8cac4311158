import { afterEach, beforeEach, expect, test } from "vitest";
import { failure } from "#shared/domain/failure.ts";
import { err } from "#shared/lib/result.ts";
import { openWorkbench, startWorld, valueOf, type Workbench } from "./workbench.ts";

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.close());

test("opening the sandbox starts it, takes in its team, and never touches the system's keychain", async () => {
  bench.keychain.refuse = failure("keychain/unavailable");

  const opened = valueOf(await bench.connections.openSandbox({ seed: 4 }));
  const session = valueOf(await bench.connections.openSession(opened.id));
  const users = await session.fetchUsers({ cursor: null, signal: new AbortController().signal });

  expect({ opened, users, teams: bench.importedTeams, actions: await bench.actions() }).toMatchObject({
    opened: { isSandbox: true, isProduction: false, state: "ready" },
    users: { ok: true },
    teams: ['{"sample":true}'],
    actions: ["operator: connection.sandbox-opened: done"],
  });
});

test("a sandbox without limits is read without waiting, one with them at the published pace", async () => {
  const waits = { on: 0, off: 0 };
  for (const limits of ["off", "on"] as const) {
    const { id } = valueOf(await bench.connections.openSandbox({ limits }));
    const session = valueOf(await bench.connections.openSession(id));
    const stop = new AbortController();
    session.watchWaits((wait) => {
      waits[limits] += wait ? 1 : 0;
      // Half a minute of waiting would follow.
      if (wait && limits === "on") stop.abort(new Error("it waits"));
    });
    const reads = Array.from({ length: 21 }, () =>
      session.fetchUsers({ cursor: null, signal: stop.signal }).catch(() => null),
    );
    await Promise.all(reads);
  }

  // users.list may be called twenty times a minute.
  expect(waits).toEqual({ on: 1, off: 0 });
});

test("asked twice at once, or again, there is one sandbox", async () => {
  const both = await Promise.all([bench.connections.openSandbox(), bench.connections.openSandbox()]);
  const again = await bench.connections.openSandbox();

  expect([new Set([...both, again].map((opened) => valueOf(opened).id)).size, bench.launched.length]).toEqual(
    [1, 1],
  );
});

test("another world takes the place of the first", async () => {
  await bench.connections.openSandbox({ seed: 1 });
  await bench.connections.openSandbox({ seed: 2 });

  expect(bench.launched.map(({ options, running }) => [options.seed, running])).toEqual([
    [1, false],
    [2, true],
  ]);
});

test("a sandbox that died is started again under the same connection", async () => {
  const first = valueOf(await bench.connections.openSandbox());
  await bench.launched[0]?.sandbox.close();

  const second = valueOf(await bench.connections.openSandbox());

  expect([
    second.id,
    bench.launched.length,
    (await bench.connections.check({ connectionId: first.id })).ok,
  ]).toEqual([first.id, 2, true]);
});

test("removing its connection ends the sandbox", async () => {
  const { id } = valueOf(await bench.connections.openSandbox());
  await bench.connections.remove({ connectionId: id, revoke: false });

  expect([bench.launched[0]?.running, await bench.connections.list()]).toEqual([false, []]);
});

test("a sample team that is refused leaves neither a connection nor a running sandbox", async () => {
  await bench.close();
  bench = await openWorkbench({ importTeam: () => Promise.resolve(err(failure("input/file-invalid"))) });

  expect([
    await bench.connections.openSandbox(),
    bench.launched[0]?.running,
    await bench.connections.list(),
  ]).toMatchObject([
    {
      error: {
        code: "sandbox/not-started",
        facts: { reason: expect.stringContaining("input/file-invalid") as string },
      },
    },
    false,
    [],
  ]);
});

test("the next start removes what an earlier process left, and leaves real connections alone", async () => {
  const world = await startWorld({ seed: 9 });
  const { apiUrl, tokens } = world.ready.slack;
  const real = valueOf(await bench.connections.addSlackToken({ token: tokens.full, apiUrl }));
  await bench.connections.openSandbox();
  const next = await openWorkbench({}, bench.store);
  await next.connections.start();
  await world.close();

  expect([await bench.connections.list(), await bench.actions()]).toEqual([
    [real],
    [
      "operator: connection.added: done",
      "operator: connection.sandbox-opened: done",
      "muster: connection.removed: done",
    ],
  ]);
  await next.connections.stop();
});

test("pasting the sandbox's token moves the account to the system's keychain", async () => {
  const opened = valueOf(await bench.connections.openSandbox());
  const { apiUrl, tokens } = (bench.launched[0]?.sandbox ?? failTest()).ready.slack;
  const pasted = valueOf(await bench.connections.addSlackToken({ token: tokens.full, apiUrl }));

  expect([
    pasted.id,
    pasted.isSandbox,
    (await bench.keychain.getSecret(opened.id)).ok,
    await bench.sandboxKeychain.getSecret(opened.id),
  ]).toEqual([opened.id, false, true, err(failure("keychain/secret-missing"))]);
});

test("a starting sandbox that fails is told as such", async () => {
  await bench.close();
  const broken = err(failure("sandbox/not-started", { reason: "port taken" }));
  bench = await openWorkbench({ sandbox: { start: () => Promise.resolve(broken) } });

  expect([await bench.connections.openSandbox(), await bench.connections.list()]).toEqual([broken, []]);
});

test("the manifest is handed out as it is", async () => {
  expect(await bench.connections.slackManifest()).toEqual({ json: "{}" });
});

function failTest(): never {
  throw new Error("no sandbox was launched");
}
