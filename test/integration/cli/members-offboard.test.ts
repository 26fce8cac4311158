import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OffboardingDetail } from "#shared/contract/membership.ts";
import type { HelpRequest } from "#shared/domain/offboarding.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { canHaveKeyring, type KeyringSession, openKeyringSession } from "./keyring.ts";
import {
  changesBetween,
  type MembersProfile,
  openMembersProfile,
  readSlackTruth,
} from "./members-profile.ts";
import { answerOf, type Ended } from "./muster.ts";
import { type RunningSandbox, startSandboxCommand } from "./sandbox.ts";

if (!canHaveKeyring) console.warn("SKIPPED: offboarding is tested with gnome-keyring, and so on Linux");

type Answer = OffboardingDetail & { operationId: string | null; evidence: string | null };

describe.skipIf(!canHaveKeyring)("offboarding on the command line", () => {
  let keyring: KeyringSession;
  let sandbox: RunningSandbox;
  let profile: MembersProfile;
  beforeAll(async () => {
    keyring = await openKeyringSession();
    sandbox = await startSandboxCommand("--world", "small", "--seed", "5", "--limits", "off");
    profile = await openMembersProfile(keyring, sandbox);
  });
  afterAll(async () => {
    await sandbox.stop();
    await keyring.close();
  });

  const detailOf = (ended: Ended): Answer => answerOf<Answer>(ended);
  /** The first of the team who is in some channels and is not the account itself. */
  async function chooseLeaver(): Promise<{ id: string; slackUserId: string; channels: string[] }> {
    const truth = await readSlackTruth(sandbox);
    const { team } = JSON.parse(sandbox.rules) as { team: { id: string; slackUserId: string }[] };
    for (const member of team.slice(1)) {
      const channels = [...truth].flatMap(([id, members]) => (members.has(member.slackUserId) ? [id] : []));
      if (channels.length > 1) return { ...member, channels };
    }
    throw new Error("nobody of the team is in a channel");
  }

  test("finds somebody, changes nothing without --yes, takes them out with it, and signs the evidence", async () => {
    const leaver = await chooseLeaver();
    const before = await readSlackTruth(sandbox);
    const looked = await profile.members(["offboard", leaver.id]);
    const afterLook = changesBetween(before, await readSlackTruth(sandbox));
    const found = detailOf(looked);
    const untyped = await profile.members(["offboard", leaver.id, "--yes"]);
    const afterUntyped = changesBetween(before, await readSlackTruth(sandbox));
    const confirm = `remove ${found.offboarding.counts.remove}`;
    const folder = makeTemporaryFolder();
    const removed = await profile.members([
      "offboard",
      leaver.id,
      "--yes",
      "--confirm",
      confirm,
      "--close",
      "--evidence",
      folder,
    ]);
    const after = changesBetween(before, await readSlackTruth(sandbox));
    const answer = detailOf(removed);
    const gone = answer.tasks.filter(({ state }) => state === "gone").map(({ groupKey }) => groupKey);
    const pack = answer.evidence ?? "";
    const openssl = (line: string): string =>
      execFileSync("openssl", line.split(" "), { cwd: pack, encoding: "utf8" });
    openssl("base64 -d -A -in offboarding.json.sig -out signature.bin");
    const verified = openssl(
      "pkeyutl -verify -pubin -inkey operator-key.pem -rawin -in offboarding.json -sigfile signature.bin",
    );

    expect({
      codes: [looked, untyped].map(({ code }) => code),
      afterLook,
      afterUntyped,
      isSameOne: answer.offboarding.id === found.offboarding.id,
      // What is gone by our record is gone from the sandbox, and nothing else is.
      gone: gone.map((key) => `${key.split(":").at(-1)} -${leaver.slackUserId}`).toSorted(),
      // Nobody can be taken out of the general channel, and it is kept.
      isAll:
        gone.length > 0 &&
        gone.length + answer.offboarding.counts.ask + answer.offboarding.counts.kept === found.tasks.length,
      isIn: pack.startsWith(join(folder, "muster-offboarding-")),
      verified: verified.trim(),
    }).toEqual({
      codes: [0, 2],
      afterLook: [],
      afterUntyped: [],
      isSameOne: true,
      gone: after,
      isAll: true,
      isIn: true,
      verified: "Signature Verified Successfully",
    });
  });

  test("tells of nobody, of contradictions, and of requests that are not there", async () => {
    const wrong = [
      await profile.members(["offboard", "nobody at all"]),
      await profile.members(["offboard", "amy", "--confirm", "remove 3"]),
      await profile.members(["requests", "prepare", "removal"]),
      await profile.members(["requests", "mark", "help-none", "answered"]),
    ];
    const listed = answerOf<{ requests: HelpRequest[] }>(await profile.members(["requests"]));
    expect({ codes: wrong.map(({ code }) => code), requests: listed.requests }).toEqual({
      codes: [2, 2, 2, 2],
      requests: [],
    });
  });
});
