import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { canHaveKeyring, type KeyringSession, openKeyringSession } from "./keyring.ts";
import { openMembersProfile, readSlackTruth } from "./members-profile.ts";
import { type RunningSandbox, startSandboxCommand } from "./sandbox.ts";
import { startInTerminal } from "./terminal.ts";

if (!canHaveKeyring) console.warn("SKIPPED: terminals are tested with gnome-keyring, and so on Linux");

/** Keys of a terminal. */
const ENTER = "\r";
const CTRL_C = "\u0003";

describe.skipIf(!canHaveKeyring)("in a terminal", () => {
  let keyring: KeyringSession;
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    keyring = await openKeyringSession();
    sandbox = await startSandboxCommand("--world", "small", "--seed", "5", "--limits", "off");
  });
  afterAll(async () => {
    await sandbox.stop();
    await keyring.close();
  });

  /** Begins to sign in by a QR code, and answers what is asked for until the code is drawn. */
  async function startQr(folder: string): Promise<ReturnType<typeof startInTerminal>> {
    const { apiId, apiHash, dc, publicKeyPem } = sandbox.ready.telegram;
    const pem = join(makeTemporaryFolder(), "server.pem");
    writeFileSync(pem, publicKeyPem);
    const server = ["--dc", `${dc.host}:${dc.port}`, "--public-key", pem];
    const adding = startInTerminal(
      ["connections", "add", "telegram", "--qr", ...server, "--profile", folder],
      keyring.env,
    );
    await adding.shown(/API id .*:/u);
    adding.type(`${apiId}${ENTER}`);
    await adding.shown(/API hash .*:/u);
    adding.type(apiHash + ENTER);
    return adding;
  }

  test("a QR code is drawn, scanned, and followed by the password, which is asked for again and never shown", async () => {
    const folder = join(makeTemporaryFolder(), "profile");
    const [owner] = sandbox.ready.telegram.accounts;
    const adding = await startQr(folder);
    const link = await adding.shown(/tg:\/\/login\?token=[\w-]+/u);
    await sandbox.scan(link, owner?.personId ?? "");
    await adding.shown(/Cloud password .*:/u);
    adding.type(`wrong${ENTER}`);
    await adding.shown(/password.*\s+Cloud password .*:/isu);
    adding.type(`${owner?.password}${ENTER}`);
    const { code, screen } = await adding.ended();

    expect({
      code,
      drawn: screen.split("\u001b[97;40m").length > 10 && screen.includes("▄"),
      told: screen.includes(`Connected to`),
      secretsShown: [sandbox.ready.telegram.apiHash, owner?.password ?? "", "wrong"].filter((secret) =>
        screen.includes(secret),
      ),
      signedIn: (await sandbox.signIns()).map(({ personId }) => personId),
    }).toEqual({ code: 0, drawn: true, told: true, secretsShown: [], signedIn: [owner?.personId] });
  });

  test("Ctrl+C under a QR code signs nobody in, and leaves the terminal as it was", async () => {
    const before = await sandbox.signIns();
    const adding = await startQr(join(makeTemporaryFolder(), "profile"));
    await adding.shown(/tg:\/\/login\?token=[\w-]+/u);
    adding.type(CTRL_C);
    const { code } = await adding.ended();
    expect({ code, signIns: await sandbox.signIns() }).toEqual({ code: 130, signIns: before });
  });

  test("whom a word means is asked for, and a removal is typed; Ctrl+C or a mistake changes nothing", async () => {
    const profile = await openMembersProfile(keyring, sandbox);
    const before = await readSlackTruth(sandbox);
    const start = (): ReturnType<typeof startInTerminal> =>
      startInTerminal(
        ["members", "remove", "quispe", "--all", "--slack", "--yes", "--profile", profile.folder],
        keyring.env,
      );
    const typed = async (answer: string): Promise<number | null> => {
      const removing = start();
      await removing.shown(/Which one\? .*:/u);
      removing.type(`7${ENTER}`);
      await removing.shown(/Which one\? .*:/u);
      removing.type(`2${ENTER}`);
      const wanted = /“(.*)”/u.exec(await removing.shown(/Type “remove \d+” to confirm:/u))?.[1];
      removing.type(answer === "right" ? `${wanted}${ENTER}` : answer);
      return (await removing.ended()).code;
    };
    const codes = [await typed(`remove 99${ENTER}`), await typed(CTRL_C)];
    const afterRefusals = await readSlackTruth(sandbox);
    codes.push(await typed("right"));
    const after = await readSlackTruth(sandbox);
    const zoe = (JSON.parse(sandbox.rules) as { team: { name: string; slackUserId: string }[] }).team.find(
      ({ name }) => name === "Zoë Quispe",
    )?.slackUserId;

    const inCustomers = [...before].filter(
      ([id, members]) => members.has(zoe ?? "") && !after.get(id)?.has(zoe ?? ""),
    );
    expect({
      codes,
      isUntouched: [...before].every(([id, members]) => afterRefusals.get(id)?.size === members.size),
      removedSomewhere: inCustomers.length > 0,
      onlyThem: [...before].every(([id, members]) =>
        [...members].filter((member) => !after.get(id)?.has(member)).every((one) => one === zoe),
      ),
    }).toEqual({ codes: [2, 130, 0], isUntouched: true, removedSomewhere: true, onlyThem: true });
  });
});
