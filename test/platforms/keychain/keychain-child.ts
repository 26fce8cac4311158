/**
 * Run in a session of its own, on the product's runtime: does what its arguments say, in order (`set:name=secret`,
 * `get:name`, `remove:name`, `probe`), and prints the results as JSON. The first argument says where the native library
 * runs: `in-process`, or the path of a host's entry. The keychain is not closed: the process must end all the same.
 */
import { createSystemKeychain, spawnHostWithNode } from "#main/platforms/keychain/index.ts";
import { createHostedLibrary } from "#main/platforms/keychain/host/hosted-library.ts";
import { loadKeytar } from "#main/platforms/keychain/secret-library.ts";

const [where = "", deadlineMs, ...steps] = process.argv.slice(2);
const keychain = createSystemKeychain({
  service: "muster-test",
  deadlineMs: Number(deadlineMs),
  source:
    where === "in-process" ? { load: loadKeytar, cut: null } : createHostedLibrary(spawnHostWithNode(where)),
});

const results: unknown[] = [];
for (const step of steps) {
  const [action = "", argument = ""] = step.split(":");
  const [name = "", secret = ""] = argument.split("=");
  if (action === "probe") results.push(await keychain.probe());
  if (action === "get") results.push(await keychain.getSecret(name));
  if (action === "set") results.push(await keychain.setSecret(name, secret));
  if (action === "remove") results.push(await keychain.removeSecret(name));
}
process.stdout.write(JSON.stringify(results));
