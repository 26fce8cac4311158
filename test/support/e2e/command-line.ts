import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { electronPath, ROOT } from "./places.ts";

/** The built command line with a profile; resolves when it ended. `input` goes to its standard input. */
export function muster(
  profile: string,
  words: readonly string[],
  input = "",
): Promise<{ exitCode: number | null; stdout: string }> {
  const { child, ended } = startMuster(profile, words);
  child.stdin.end(input);
  return ended;
}

/** The same, still running. */
export function startMuster(profile: string, words: readonly string[]) {
  const child = spawn(electronPath(), [join(ROOT, "out", "main", "cli.js"), ...words, "--profile", profile], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exit = new Promise<number | null>((resolve) => child.once("close", (exitCode) => resolve(exitCode)));
  const ended = Promise.all([exit, text(child.stdout)]).then(([exitCode, stdout]) => ({ exitCode, stdout }));
  return { child, ended };
}
