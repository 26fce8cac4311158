import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { answerOf, type Ended, muster } from "./muster.ts";

test("a backup is listed, restored over what was changed since, and on the record; one that is none is refused", async () => {
  const folder = join(makeTemporaryFolder(), "profile");
  const run = (args: readonly string[], stdin = ""): Promise<Ended> =>
    muster([...args, "--profile", folder, "--json"], { stdin });
  const rules = (seed: string) => muster(["sandbox", "rules", "--world", "small", "--seed", seed]);
  const [first, second] = [await rules("1"), await rules("2")];
  await run(["team", "import", "-"], first.stdout);
  const before = (await run(["team", "export"])).stdout;
  // A day without a backup has passed for a profile that has none: this start makes one.
  await run(["team", "import", "-"], first.stdout);
  await run(["team", "import", "-"], second.stdout);
  const changed = (await run(["team", "export"])).stdout;
  const listed = answerOf<{ backups: { name: string }[] }>(await run(["backups"]));
  const refused = await run(["backups", "restore", "../muster.db"]);
  const restored = await run(["backups", "restore", "latest"]);
  const answer = answerOf<{ restored: string; setAside: string }>(restored);
  const activity = answerOf<{ items: { action: string; target: string }[] }>(
    await run(["activity", "list", "--limit", "1"]),
  );

  expect({
    isChanged: changed !== before,
    isBack: (await run(["team", "export"])).stdout === before,
    refused: [refused.code, answerOf(refused)],
    restored: [restored.code, answer.restored, existsSync(answer.setAside)],
    activity: activity.items.map(({ action, target }) => [action, target]),
    verified: (await run(["activity", "verify"])).code,
  }).toMatchObject({
    isChanged: true,
    isBack: true,
    refused: [2, { failure: { code: "input/not-found" } }],
    restored: [0, listed.backups[0]?.name, true],
    activity: [["backup.restored", listed.backups[0]?.name]],
    verified: 0,
  });
});
