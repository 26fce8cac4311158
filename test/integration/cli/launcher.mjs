// Starts the command line as scripts/muster.mjs does, tells its process id, and stays until it is killed.
import { spawn } from "node:child_process";
import { join } from "node:path";

const cli = join(import.meta.dirname, "../../../out/main/cli.js");
const child = spawn(process.execPath, [cli, ...process.argv.slice(2)], {
  stdio: ["ignore", "ignore", "inherit", "ipc"],
});
process.stdout.write(`${child.pid}\n`);
