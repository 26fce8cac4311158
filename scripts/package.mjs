import { join } from "node:path";
import { ensureBuilt } from "./build/ensure.mjs";
import { writeNotices } from "./package/notices.mjs";
import { verifyFuses } from "./package/verify-fuses.mjs";
import { ROOT } from "./paths.mjs";
import { ScriptFailure, runScript } from "./process/failure.mjs";
import { run } from "./process/run.mjs";
import { say } from "./process/say.mjs";
import { resolveRuntime } from "./runtime/resolve.mjs";

const TEST_FLAG = "--unofficial-for-tests";

/** electron-builder names the executable after the package on Linux, and after the product elsewhere. */
const OFFICIAL_NAMES = { linux: "muster", darwin: "Muster", win32: "Muster" };
const UNOFFICIAL_NAMES = {
  linux: "muster-unofficial",
  darwin: "Muster Unofficial",
  win32: "muster-unofficial",
};

// `npm run package`                            an unpacked application in dist/release, official runtime only
// `npm run package -- --linux deb`             electron-builder's own words choose targets
// `npm run package -- --unofficial-for-tests`  whatever runtime this machine has, in dist/unofficial, named so
await runScript(async (args) => {
  const forTests = args.includes(TEST_FLAG);
  const targets = args.filter((argument) => argument !== TEST_FLAG);
  const runtime = await resolveRuntime();
  if (runtime.kind !== "official" && !forTests) {
    throw new ScriptFailure(
      `packaging needs the official Electron, and this machine has only the ${runtime.kind} one (${runtime.dist}).\n` +
        `Nothing was packaged. To try the packaging itself, pass ${TEST_FLAG}: the result says so in its name.`,
    );
  }
  await ensureBuilt();
  const count = writeNotices(join(ROOT, "dist", "THIRD-PARTY-NOTICES.txt"));
  say(`licence notices of ${count} packages`);
  const exitCode = await run(process.execPath, [
    join(ROOT, "node_modules", "electron-builder", "cli.js"),
    ...(targets.length > 0 ? targets : ["--dir"]),
    "--config=electron-builder.yml",
    "--publish=never",
    `-c.electronDist=${runtime.dist}`,
    `-c.electronVersion=${runtime.version}`,
    ...(forTests ? unofficialMarks() : []),
  ]);
  if (exitCode !== 0) return exitCode;
  const [folder, name] = forTests ? ["unofficial", UNOFFICIAL_NAMES] : ["release", OFFICIAL_NAMES];
  const binary = await verifyFuses(join(ROOT, "dist", folder), name[process.platform] ?? name.linux, {
    mayInspect: forTests,
  });
  say(`fuses verified in ${binary}`);
  return 0;
});

/** Playwright drives Electron through the inspect switch, so the build for tests is the one that keeps it. */
function unofficialMarks() {
  return [
    "-c.productName=Muster Unofficial",
    "-c.appId=dev.muster.unofficial",
    "-c.executableName=muster-unofficial",
    "-c.directories.output=dist/unofficial",
    "-c.electronFuses.enableNodeCliInspectArguments=true",
  ];
}
