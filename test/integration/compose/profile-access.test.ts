import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type Application, type ApplicationOptions, composeApplication } from "#main/compose.ts";
import { spawnWithNode } from "#main/platforms/sandbox/index.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { silentLog } from "#shared/lib/log.ts";
import type { Result } from "#shared/lib/result.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";

const bundleFolder = resolve(import.meta.dirname, "../../../out/main");

const open: Application[] = [];
afterEach(async () => {
  for (const application of open.splice(0)) await application.close();
});

async function compose(
  profileFolder: string,
  access: ApplicationOptions["access"],
): Promise<Result<Application, Failure>> {
  const composed = await composeApplication({
    profileFolder,
    bundleFolder,
    access,
    keychainService: "muster-test",
    log: silentLog,
    spawnSandbox: spawnWithNode(join(bundleFolder, "sandbox.js")),
    spawnKeychainHost: () => {
      throw new Error("no secret is asked for here");
    },
    fetch,
    openBrowser: () => Promise.reject(new Error("no browser here")),
    runtime: { description: "test", caveat: null },
  });
  if (composed.ok) open.push(composed.value);
  return composed;
}

const codeOf = (result: Result<unknown, Failure>): string => (result.ok ? "ok" : result.error.code);

describe("a profile", () => {
  test("that one looks at is in nobody's way: others read and write beside it", async () => {
    const folder = makeTemporaryFolder();
    const reader = await compose(folder, "read");
    const writer = await compose(folder, "write");
    const another = await compose(folder, "read");

    expect([reader, writer, another].map(codeOf)).toEqual(["ok", "ok", "ok"]);
  });

  test("is written by one at a time, and free again when that one is closed", async () => {
    const folder = makeTemporaryFolder();
    const first = await compose(folder, "write");
    const second = await compose(folder, "write");
    await open.shift()?.close();
    const third = await compose(folder, "write");

    expect([first, second, third].map(codeOf)).toEqual(["ok", "store/profile-in-use", "ok"]);
  });

  test("is waited for when somebody holds it only for a moment", async () => {
    const folder = makeTemporaryFolder();
    await compose(folder, "write");
    const [waiting] = await Promise.all([compose(folder, "write"), open.shift()?.close()]);

    expect(codeOf(waiting)).toBe("ok");
  });

  test("shows a reader what a writer did, and lets it change nothing", async () => {
    const folder = makeTemporaryFolder();
    const reader = await compose(folder, "read");
    const writer = await compose(folder, "write");
    if (!reader.ok || !writer.ok) throw new Error("it did not open");
    const added = await writer.value.team.addMember({
      name: "Ann",
      role: "BD",
      status: "active",
      email: null,
      identities: [],
    });
    const refused = await reader.value.team
      .addMember({ name: "Bob", role: "BD", status: "active", email: null, identities: [] })
      .catch((error: unknown) => error);

    expect({ added: added.ok, refused, team: (await reader.value.team.get()).team }).toMatchObject({
      added: true,
      refused: { failure: { code: "store/profile-in-use" } },
      team: [{ name: "Ann" }],
    });
  });
});

describe("a reader that finds the profile free", () => {
  test("puts it in order first, says what it found, and lets it go", async () => {
    const folder = makeTemporaryFolder();
    writeFileSync(join(folder, "muster.db"), "no database at all");
    const reader = await compose(folder, "read");
    const told = reader.ok ? reader.value.notices.list().map((notice) => notice.failure.code) : [];
    const writer = await compose(folder, "write");
    const again = writer.ok ? writer.value.notices.list() : null;

    expect([codeOf(reader), told, codeOf(writer), again]).toEqual(["ok", ["store/damaged"], "ok", []]);
  });
});

describe("the notice board", () => {
  test("shows what goes wrong while the window is open, until it is dismissed", async () => {
    const composed = await compose(makeTemporaryFolder(), "write");
    if (!composed.ok) throw new Error(codeOf(composed));
    const { notices, changes } = composed.value;
    const topics: string[] = [];
    const unwatch = changes.watch((topic) => topics.push(topic));
    const problem = failure("sandbox/not-started", { reason: "its port is taken" });

    notices.add(problem);
    const shown = notices.list();
    for (const { id } of shown) notices.dismiss(id);
    unwatch();

    expect([shown.map((notice) => notice.failure), notices.list(), topics]).toEqual([
      [problem],
      [],
      ["notices", "notices"],
    ]);
  });
});
