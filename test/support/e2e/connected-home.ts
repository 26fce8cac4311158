import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { muster } from "./command-line.ts";
import { type Home, makeHome } from "./console.ts";
import type { SandboxProcess } from "./sandbox-process.ts";

/** A profile that is signed in to a simulated workspace and has its team and rules, made by the command line. */
export async function makeConnectedHome(sandbox: SandboxProcess): Promise<Home> {
  const home = makeHome();
  const { apiUrl, tokens } = sandbox.ready.slack;
  await run(home, ["connections", "add", "slack", "--token-stdin", "--api-url", apiUrl], tokens.full);
  await importTeam(home, sandbox.rules());
  return home;
}

/** Signs the profile in to the simulated Telegram, too, as the person whom the Slack token belongs to. */
export async function addTelegram(home: Home, { ready }: SandboxProcess): Promise<void> {
  const { accounts, apiId, apiHash, dc, publicKeyPem } = ready.telegram;
  const [account] = accounts;
  if (!account) throw new Error("the world has no Telegram account");
  const pem = join(home.temporary, "server.pem");
  writeFileSync(pem, publicKeyPem);
  const app = ["--api-id", String(apiId), "--api-hash-stdin", "--phone", account.phone];
  const server = ["--dc", `${dc.host}:${dc.port}`, "--public-key", pem];
  const answers = [apiHash, account.code, account.password ?? ""].join("\n");
  await run(home, ["connections", "add", "telegram", ...app, ...server], `${answers}\n`);
}

/** Gives people usernames, and records them in the team: whom our account has not met, Telegram tells of by those alone. */
export async function recordUsernames(
  home: Home,
  sandbox: SandboxProcess,
  personIds: readonly string[],
): Promise<void> {
  const rules = JSON.parse(sandbox.rules()) as { team: { id: string }[] };
  const usernameOf = (personId: string) => `${personId}_example`;
  for (const user of personIds)
    await sandbox.changeTelegram({ kind: "move-username", username: usernameOf(user), user });
  const team = rules.team.map((member) =>
    personIds.includes(member.id) ? { ...member, telegramUsername: usernameOf(member.id) } : member,
  );
  await importTeam(home, JSON.stringify({ ...rules, team }));
}

async function importTeam(home: Home, teamAndRules: string): Promise<void> {
  const file = join(home.temporary, "rules.json");
  writeFileSync(file, teamAndRules);
  await run(home, ["team", "import", file]);
}

async function run(home: Home, words: readonly string[], input = ""): Promise<void> {
  const { exitCode } = await muster(home.profile, words, input);
  if (exitCode !== 0) throw new Error(`the profile could not be prepared: ${words.slice(0, 3).join(" ")}`);
}
