import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { muster } from "./command-line.ts";
import { type Home, makeHome } from "./console.ts";
import type { SandboxProcess } from "./sandbox-process.ts";

/** A profile that is signed in to a simulated world and has its team and rules, made by the command line. */
export async function makeConnectedHome(sandbox: SandboxProcess): Promise<Home> {
  const home = makeHome();
  const { apiUrl, tokens } = sandbox.ready.slack;
  const added = await muster(
    home.profile,
    ["connections", "add", "slack", "--token-stdin", "--api-url", apiUrl],
    tokens.full,
  );
  const rules = join(home.temporary, "rules.json");
  writeFileSync(rules, sandbox.rules());
  const imported = await muster(home.profile, ["team", "import", rules]);
  if (added.exitCode !== 0 || imported.exitCode !== 0)
    throw new Error("the command line could not prepare the profile");
  return home;
}
