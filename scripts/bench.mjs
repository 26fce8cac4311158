import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatTable } from "./bench/table.mjs";
import { ensureBuilt } from "./build/ensure.mjs";
import { startXvfb } from "./desktop/xvfb.mjs";
import { runWithKeyring } from "./desktop/keyring-session.mjs";
import { ARTIFACTS_DIR, ROOT } from "./paths.mjs";
import { ScriptFailure, runScript } from "./process/failure.mjs";
import { say } from "./process/say.mjs";
import { environmentFor, nodeEnvironmentFor } from "./runtime/environment.mjs";
import { resolveRuntime } from "./runtime/resolve.mjs";
import { ensureSystemPackages } from "./system/ensure.mjs";

const FOLDER = join(ROOT, "test", "bench");

// `npm run bench`             every test/bench/*.bench.ts, one after the other, each in a process of its own
// `npm run bench -- report`   those whose name contains the word
// Prints a table, then all results as one JSON line, and keeps that line in artifacts/bench/.
await runScript(async (args) => {
  const [filter = ""] = args.filter((argument) => argument !== "--no-build");
  const names = existsSync(FOLDER)
    ? readdirSync(FOLDER).filter((name) => name.endsWith(".bench.ts") && name.includes(filter))
    : [];
  if (names.length === 0) throw new ScriptFailure(`no bench in test/bench matches "${filter}"`);
  await ensureSystemPackages("test");
  const runtime = await resolveRuntime();
  if (!args.includes("--no-build")) await ensureBuilt();
  const xvfb = process.platform === "linux" ? await startXvfb() : null;
  const folder = join(ARTIFACTS_DIR, "bench");
  mkdirSync(folder, { recursive: true });

  const results = [];
  let broken = 0;
  for (const name of names) {
    say(`bench ${name}`);
    const resultFile = join(folder, `${name}-${process.pid}.json`);
    const exitCode = await runWithKeyring(
      runtime.executable,
      ["scripts/bench/run-one.mjs", join(FOLDER, name), resultFile],
      {
        env: {
          ...nodeEnvironmentFor(runtime, xvfb ? { ...process.env, DISPLAY: xvfb.display } : process.env),
          // A bench that opens a window launches this, without ELECTRON_RUN_AS_NODE.
          MUSTER_ELECTRON: environmentFor(runtime).ELECTRON_EXEC_PATH,
        },
        // Standard output is the table's and the JSON's.
        stdio: ["ignore", 2, 2],
      },
    );
    if (exitCode === 0) results.push(...JSON.parse(readFileSync(resultFile, "utf8")));
    else broken += 1;
    rmSync(resultFile, { force: true });
  }
  xvfb?.stop();

  const json = JSON.stringify({ runtime: { kind: runtime.kind, version: runtime.version }, results });
  console.log(formatTable(results));
  console.log(json);
  writeFileSync(join(folder, `${new Date().toISOString().replaceAll(":", "-")}.json`), `${json}\n`);
  return broken === 0 ? 0 : 1;
});
