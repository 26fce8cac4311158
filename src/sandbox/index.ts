import { runCommand } from "#sandbox/cli/run-command.ts";

/**
 * The sandbox's own process: `sandbox.js start|truth|rules|fault …`. Uses nothing of Electron's API, so it runs under
 * plain Node, ELECTRON_RUN_AS_NODE and utilityProcess alike.
 */
const exitCode = await runCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
// A utility process does not end by itself; but output to a pipe may still be on its way.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))),
);
process.exit(exitCode);
