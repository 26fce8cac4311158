import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import type { KeyringSession } from "./keyring.ts";
import { type Ended, muster, type Muster, startMuster } from "./muster.ts";
import type { RunningSandbox } from "./sandbox.ts";
import type { AuditAnswer, Truth } from "./truth.ts";

/** A data folder in which `muster` signs in to the simulated Telegram. */
export interface TelegramProfile {
  readonly folder: string;
  run(args: readonly string[], stdin?: string): Promise<Ended>;
  start(args: readonly string[], stdin?: string): Muster;
  /** By a QR code that the owner's phone scans, and the owner's cloud password. */
  signIn(): Promise<Ended>;
}

export function openTelegramProfile(
  keyring: KeyringSession,
  { ready, scan }: RunningSandbox,
  folder = join(makeTemporaryFolder(), "profile"),
): TelegramProfile {
  const { apiId, apiHash, dc, publicKeyPem, accounts } = ready.telegram;
  const [owner] = accounts;
  const pem = join(makeTemporaryFolder(), "server.pem");
  writeFileSync(pem, publicKeyPem);
  const words = (args: readonly string[]) => [...args, "--profile", folder, "--json"];
  const start = (args: readonly string[], stdin = ""): Muster =>
    startMuster(words(args), { env: keyring.env, stdin });
  return {
    folder,
    start,
    run: (args, stdin = "") => muster(words(args), { env: keyring.env, stdin }),
    async signIn() {
      const app = ["--api-id", String(apiId), "--api-hash-stdin"];
      const server = ["--dc", `${dc.host}:${dc.port}`, "--public-key", pem];
      const adding = start(
        ["connections", "add", "telegram", "--qr", ...app, ...server],
        `${apiHash}\n${owner?.password}\n`,
      );
      const link = await Promise.race([
        adding.complained(/tg:\/\/login\?token=[\w-]+/).catch(() => null),
        adding.ended().then(() => null),
      ]);
      if (link !== null) await scan(link, owner?.personId ?? "");
      return adding.ended();
    },
  };
}

/** Every settled presence in a Telegram group that is not so in the world, and how many there are in all. */
export function judgeTelegram(answer: AuditAnswer, truth: Truth): { wrong: string[]; settled: number } {
  const accounts = new Map(
    answer.personList.map(({ personId, identities }) => [
      personId,
      identities.filter(({ platform }) => platform === "telegram").map(({ userId }) => String(userId)),
    ]),
  );
  const members = new Map(truth.groups.map(({ id, memberIds }) => [id, new Set(memberIds.map(String))]));
  const settled = answer.results.filter(
    ({ platform, presence }) => platform === "telegram" && presence !== "unknown",
  );
  const wrong = settled.filter(({ groupId, personId, presence }) => {
    const isIn = accounts.get(personId)?.some((account) => members.get(groupId)?.has(account)) ?? false;
    return isIn !== (presence === "present");
  });
  return {
    wrong: wrong.map(({ groupId, personId, presence }) => `${personId} is not ${presence} in ${groupId}`),
    settled: settled.length,
  };
}
