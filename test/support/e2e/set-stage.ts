import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "@playwright/test";
import { addTelegram, makeConnectedHome, recordUsernames } from "./connected-home.ts";
import { type Console, type Home, makeHome, openConsole } from "./console.ts";
import { makeFolder } from "./places.ts";
import { type SandboxProcess, startSandboxProcess } from "./sandbox-process.ts";
import { untilConnected } from "./steps.ts";

interface StageOptions {
  /** The name of a world, or one as a world's file has it. */
  readonly world: string | Readonly<Record<string, unknown>>;
  /** What the profile is signed in to at first; nothing unless given. With Slack comes the team of the world. */
  readonly signedInTo?: "nothing" | "slack" | "both";
  /** Whose Telegram usernames are made, and known to the team. */
  readonly usernames?: readonly string[];
}

/** A simulated world in a process of its own, and a Muster in front of it. */
export interface Stage {
  readonly sandbox: SandboxProcess;
  readonly home: Home;
  readonly muster: Console;
  /** The same profile in a new Muster, after the one before was quit or killed. */
  reopen(): Promise<Console>;
}

const OPENS_WITHIN_MS = 120_000;

/** Sets the stage before the first test of the file and clears it after the last. They follow on each other. */
export function setStage(options: StageOptions): Stage {
  let sandbox: SandboxProcess | undefined;
  let home: Home | undefined;
  let muster: Console | undefined;
  const folder = makeFolder();

  test.describe.configure({ mode: "serial" });
  test.beforeAll(async () => {
    test.setTimeout(OPENS_WITHIN_MS);
    sandbox = await startSandboxProcess({ world: worldIn(folder.path, options.world) });
    const { signedInTo = "nothing", usernames = [] } = options;
    home = signedInTo === "nothing" ? makeHome() : await makeConnectedHome(sandbox);
    if (signedInTo === "both") await addTelegram(home, sandbox);
    if (usernames.length > 0) await recordUsernames(home, sandbox, usernames);
    muster = await openConsole(home);
    if (signedInTo !== "nothing") await untilConnected(muster.page);
  });
  test.afterAll(async () => {
    await muster?.quit();
    await sandbox?.end();
    home?.remove();
    folder.remove();
  });

  return {
    get sandbox() {
      return onStage(sandbox);
    },
    get home() {
      return onStage(home);
    },
    get muster() {
      return onStage(muster);
    },
    async reopen() {
      muster = await openConsole(onStage(home));
      await untilConnected(muster.page);
      return muster;
    },
  };
}

function worldIn(folder: string, world: StageOptions["world"]): string {
  if (typeof world === "string") return world;
  const file = join(folder, "world.json");
  writeFileSync(file, JSON.stringify({ version: 1, ...world }));
  return file;
}

/** What a test asks for before the set-up has made it is a mistake of the test. */
export function onStage<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("the stage is set in beforeAll, and used in tests only");
  return value;
}
