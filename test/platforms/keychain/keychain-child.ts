/**
 * Run by system-keychain.test.ts in a session of its own, on the product's runtime: does what its arguments say, in
 * order (`set:name=secret`, `get:name`, `remove:name`, `probe`), and prints the results as JSON.
 */
import { createSystemKeychain } from "#main/platforms/keychain/index.ts";

const keychain = createSystemKeychain({ service: "muster-test", deadlineMs: 5_000 });

const results: unknown[] = [];
for (const step of process.argv.slice(2)) {
  const [action = "", argument = ""] = step.split(":");
  const [name = "", secret = ""] = argument.split("=");
  if (action === "probe") results.push(await keychain.probe());
  if (action === "get") results.push(await keychain.getSecret(name));
  if (action === "set") results.push(await keychain.setSecret(name, secret));
  if (action === "remove") results.push(await keychain.removeSecret(name));
}
process.stdout.write(JSON.stringify(results));
