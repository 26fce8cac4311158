/** `muster …` from a checkout: out/main/cli.js on the product's own runtime, acting as Node. */
import path from "node:path";
import { spawnHostWithNode } from "#main/platforms/keychain/index.ts";
import { spawnWithNode } from "#main/platforms/sandbox/index.ts";
import { runCommandLine } from "./run-command-line.ts";

// The launcher holds a channel open; when it dies, however that happens, this ends as if asked to.
process.channel?.unref();
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));

const bundleFolder = import.meta.dirname;
process.exitCode = await runCommandLine(process.argv.slice(2), {
  bundleFolder,
  spawnSandbox: spawnWithNode(path.join(bundleFolder, "sandbox.js")),
  spawnKeychainHost: spawnHostWithNode(path.join(bundleFolder, "keychain-host.js")),
  fetch,
});

// It ends by itself, unless something was left behind; that must not keep a finished command from ending.
setTimeout(() => process.exit(), 2_000).unref();
