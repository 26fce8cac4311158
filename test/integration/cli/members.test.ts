import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { canHaveKeyring, type KeyringSession, openKeyringSession } from "./keyring.ts";
import {
  changesBetween,
  type MembersProfile,
  openMembersProfile,
  type OperationAnswer,
  readSlackNames,
  readSlackTruth,
} from "./members-profile.ts";
import { answerOf, type Ended } from "./muster.ts";
import { type RunningSandbox, startSandboxCommand } from "./sandbox.ts";

if (!canHaveKeyring) console.warn("SKIPPED: changing members is tested with gnome-keyring, and so on Linux");

describe.skipIf(!canHaveKeyring)("members on the command line", () => {
  let keyring: KeyringSession;
  let sandbox: RunningSandbox;
  let profile: MembersProfile;
  let before: Awaited<ReturnType<typeof readSlackTruth>>;
  beforeAll(async () => {
    keyring = await openKeyringSession();
  });
  afterAll(() => keyring.close());
  beforeEach(async () => {
    sandbox = await startSandboxCommand("--world", "small", "--seed", "5", "--limits", "off");
    profile = await openMembersProfile(keyring, sandbox);
    before = await readSlackTruth(sandbox);
  });
  afterEach(() => sandbox.stop());

  const changes = async (): Promise<string[]> => changesBetween(before, await readSlackTruth(sandbox));
  const operationOf = (ended: Ended): OperationAnswer => answerOf<OperationAnswer>(ended);

  /** `C1 +U1` for every step that was done, by the ids of the platform. */
  function expectedOf({ steps }: OperationAnswer): string[] {
    const accounts = new Map(
      (JSON.parse(sandbox.rules) as { team: { id: string; slackUserId: string }[] }).team.map(
        ({ id, slackUserId }) => [id, slackUserId],
      ),
    );
    return steps
      .filter(({ state }) => state === "done")
      .map(({ groupKey, personId, action }) => {
        const sign = action === "add" ? "+" : "-";
        return `${groupKey?.split(":").at(-1)} ${sign}${accounts.get(personId ?? "")}`;
      })
      .sort();
  }

  test("are planned and left alone without --yes, put in with it, and taken out again by an undo that is typed", async () => {
    const planned = await profile.members(["add", "--gaps", "--slack"]);
    const afterPlan = await changes();
    const added = await profile.members(["add", "--gaps", "--slack", "--yes"]);
    const afterAdding = await changes();
    const done = operationOf(added);
    const wanted = `remove ${done.counts.done}`;
    const undo = ["undo", done.operationId, "--yes"];
    const untyped = await profile.members(undo);
    const mistyped = await profile.members([...undo, "--confirm", "remove 999"]);
    const afterRefusals = await changes();
    const undone = await profile.members([...undo, "--confirm", wanted]);

    expect({
      codes: [planned, added, untyped, mistyped, undone].map(({ code }) => code),
      plan: [operationOf(planned).state, operationOf(planned).dryRun, afterPlan],
      added: [done.state, done.counts.done, afterAdding],
      log: done.logs !== null && existsSync(done.logs.log) && existsSync(done.logs.workbook),
      refused: [untyped, mistyped].map((one) => operationOf(one).failure?.code),
      afterRefusals,
      undone: [operationOf(undone).state, await changes()],
    }).toEqual({
      codes: [0, 0, 2, 2, 0],
      plan: ["planned", true, []],
      added: ["done", 8, expectedOf(done)],
      log: true,
      refused: ["membership/confirmation-missing", "membership/confirmation-missing"],
      afterRefusals: afterAdding,
      undone: ["done", []],
    });
  });

  test("are run exactly as a plan showed them before, found afterwards, and there is nothing left to do", async () => {
    const file = join(makeTemporaryFolder(), "found.json");
    const plan = operationOf(await profile.members(["add", "jun", "Amara Chen", "--dry-run"]));
    const run = await profile.members(["run", plan.operationId, "--yes"]);
    const again = await profile.members(["run", plan.operationId, "--yes"]);
    const afterwards = await profile.members(["add", "jun", "Amara Chen", "--yes"]);
    const found = await profile.members(["find", "@jun.park", "--slack", "--out", file]);
    const listed = answerOf<{ operations: { operationId: string; state: string }[] }>(
      await profile.members(["list"]),
    );
    const shown = operationOf(await profile.members(["show", plan.operationId, "--steps"]));
    const done = operationOf(run);
    const { groups } = answerOf<{ groups: { groupKey: string }[] }>(found);
    const truth = await readSlackTruth(sandbox);
    const jun = (JSON.parse(sandbox.rules) as { team: { name: string; slackUserId: string }[] }).team.find(
      ({ name }) => name === "Jun Park",
    )?.slackUserId;
    const visible = new Set(groups.map(({ groupKey }) => groupKey.split(":").at(-1) ?? ""));

    expect({
      codes: [run, again, afterwards, found].map(({ code }) => code),
      changed: await changes(),
      counts: [plan.counts.planned, done.counts.done],
      again: operationOf(again).failure?.code,
      afterwards: [operationOf(afterwards).counts.planned, operationOf(afterwards).steps.length],
      wronglyFound: [...visible].filter((id) => truth.get(id)?.has(jun ?? "") !== true),
      file: existsSync(file),
      listed: listed.operations.map(({ state }) => state),
      shown: shown.steps.length,
    }).toEqual({
      codes: [0, 2, 0, 0],
      changed: expectedOf(done),
      counts: [done.counts.done, plan.counts.planned],
      again: "membership/not-planned",
      afterwards: [0, plan.steps.length],
      wronglyFound: [],
      file: true,
      listed: ["planned", "done"],
      shown: plan.steps.length,
    });
  });

  test("come from a list of groups whose every doubtful line is named, and are left alone until it is right", async () => {
    const list = join(makeTemporaryFolder(), "groups.txt");
    const lines = [
      "onyx-holdings-bitsafe",
      "",
      "no-such-group",
      "BIRCH-Wallet-iBTC",
      "#onyx-holdings-bitsafe",
      "  ",
    ];
    writeFileSync(list, lines.join("\r\n"));
    const remove = ["remove", "viktor", "viktor.abara@bitsafe.example", "--groups", list];
    const plan = await profile.members(remove);
    const count = operationOf(plan).counts.planned;
    const confirm = ["--yes", "--confirm", `remove ${count}`];
    const stopped = await profile.members([...remove, ...confirm]);
    const untouched = await changes();
    const run = await profile.members([...remove, ...confirm, "--skip-unknown"]);

    const facts = (answerOf(stopped)["failure"] as { facts: unknown }).facts;
    expect({
      codes: [plan, stopped, run].map(({ code }) => code),
      people: plan.stderr.includes("viktor.abara@bitsafe.example: named twice, counted once."),
      groupLines: operationOf(plan).groupLines,
      told: [
        "no-such-group: unknown",
        "#onyx-holdings-bitsafe: stands there again",
        "another spelling",
        "2 empty lines",
      ].filter((words) => !plan.stderr.includes(words)),
      facts,
      untouched,
      count: count > 0,
      changed: await changes(),
    }).toMatchObject({
      codes: [0, 2, 0],
      people: true,
      groupLines: {
        found: [{ name: "onyx-holdings-bitsafe" }, { name: "birch-wallet-ibtc" }],
        unknown: ["no-such-group"],
        duplicates: ["#onyx-holdings-bitsafe"],
        ambiguous: [],
        emptyLines: 2,
      },
      told: [],
      facts: { "no-such-group": expect.any(String) as string },
      untouched: [],
      count: true,
      changed: expectedOf(operationOf(run)),
    });
  });

  test("that fit several people, or nobody, change nothing and are named with whom they fit", async () => {
    const ended = await profile.members(["add", "quispe", "nemo", "--yes"]);
    const { failure } = answerOf<{ failure: { code: string; facts: Record<string, string> } }>(ended);
    expect({ code: ended.code, failure, changed: await changes() }).toMatchObject({
      code: 2,
      failure: {
        code: "usage",
        facts: {
          quispe: expect.stringMatching(/Gabriel Quispe.*Zoë Quispe/) as string,
          nemo: "fits nobody of the team",
        },
      },
      changed: [],
    });
  });

  test("'s groups are renamed by a mapping with a swap and a circle, and what collides is refused by itself", async () => {
    const file = join(makeTemporaryFolder(), "names.json");
    const names = {
      "bitsafe-meridian-vault": "birch-wallet-ibtc",
      "birch-wallet-ibtc": "bitsafe-meridian-vault",
      "onyx-holdings-bitsafe": "bitsafe-orchid-fund-mktg",
      "bitsafe-orchid-fund-mktg": "bitsafe-größe-münchen",
      "bitsafe-größe-münchen": "onyx-holdings-bitsafe",
      "bitsafe-birch-ventures-internal": "general",
      "no-such-group": "anything",
    };
    writeFileSync(file, JSON.stringify(names));
    const namesBefore = await readSlackNames(sandbox);
    const broken = await profile.members(["rename", "--mapping", "-", "--yes"], '{"a": 1}');
    const renamed = await profile.members(["rename", "--mapping", file, "--slack", "--yes"]);
    const namesAfter = await readSlackNames(sandbox);
    const { counts, operationId, steps } = operationOf(renamed);
    const undone = await profile.members(["undo", operationId, "--yes"]);

    const expected = Object.fromEntries(
      Object.entries(namesBefore).map(([id, name]) => {
        const wanted = (names as Record<string, string>)[name];
        return [id, wanted === undefined || wanted === "general" ? name : wanted];
      }),
    );
    expect({
      codes: [broken, renamed, undone].map(({ code }) => code),
      broken: operationOf(broken).failure?.code,
      namesAfter,
      steps: [counts.done, counts.refused, steps.filter(({ verifiedAtMs }) => verifiedAtMs !== null).length],
      namesAtLast: await readSlackNames(sandbox),
    }).toEqual({
      codes: [2, 4, 0],
      broken: "input/file-invalid",
      namesAfter: expected,
      steps: [7, 2, 7],
      namesAtLast: namesBefore,
    });
  });

  test("are gone on with after Ctrl+C and after kill -9, and no plan goes on with them by the way", async () => {
    const slow = "add --method conversations.invite --kind slow --delay-ms 400";
    await sandbox.fault(...slow.split(" "));
    const begun = profile.start(["add", "--gaps", "--slack", "--yes"]);
    await begun.complained(/Changing/);
    begun.process.kill("SIGINT");
    const stopped = await begun.ended();
    const { operationId } = operationOf(stopped);
    const planned = await profile.members(["add", "jun", "--slack"]);
    const meanwhile = operationOf(await profile.members(["show", operationId, "--steps"]));
    const atRest = operationOf(stopped).counts.done === meanwhile.counts.done;
    const killed = profile.start(["resume", operationId]);
    await killed.complained(/Changing/);
    await sleep(200);
    killed.process.kill("SIGKILL");
    await killed.ended();
    await sandbox.fault("clear");
    const resumed = await profile.members(["resume", operationId]);
    const again = await profile.members(["resume", operationId]);

    const done = operationOf(resumed);
    expect({
      codes: [stopped, planned, resumed, again].map(({ code }) => code),
      told: stopped.stderr.includes(`muster members resume ${operationId}`),
      states: [operationOf(stopped).state, meanwhile.state, done.state],
      atRest,
      changed: await changes(),
      doneSteps: done.counts.done + done.counts["already-so"],
      again: operationOf(again).failure?.code,
    }).toEqual({
      codes: [130, 0, 0, 3],
      told: true,
      states: ["running", "running", "done"],
      atRest: true,
      changed: expectedOf({ ...done, steps: done.steps.map((step) => ({ ...step, state: "done" })) }),
      doneSteps: 8,
      again: "job/not-resumable",
    });
  });

  test("stand still while the keychain is locked, and are gone on with after it is open, whatever was planned meanwhile", async () => {
    const plan = operationOf(await profile.members(["add", "jun", "Amara Chen", "--slack"]));
    await keyring.lock();
    const stopped = await profile.members(["run", plan.operationId, "--yes"]);
    await keyring.unlock();
    // A connection that works again wakes what waits for it, but a plan carries nothing else out.
    const planned = await profile.members(["add", "zoë quispe", "--slack"]);
    const untouched = await changes();
    const resumed = await profile.members(["resume", "latest"]);

    expect({
      codes: [stopped, planned, resumed].map(({ code }) => code),
      state: operationOf(stopped).state,
      untouched,
      changed: await changes(),
    }).toEqual({
      codes: [3, 0, 0],
      state: "paused",
      untouched: [],
      changed: expectedOf(operationOf(resumed)),
    });
    expect(operationOf(resumed).counts.done).toBeGreaterThan(0);
  });

  test("are printed without anything that a terminal would act upon", async () => {
    const name = "onyx\u001b[2J\u202eevil";
    await sandbox.change({ kind: "rename-channel", channel: "C0PI1FP8X9E", name });
    const plan = await profile.read(["add", "--gaps", "--slack"]);
    const log = await profile.read([
      "add",
      "--gaps",
      "--slack",
      "--yes",
      "--out",
      join(profile.folder, "a.log"),
    ]);
    const text = plan.stdout + log.stdout + readFileSync(join(profile.folder, "a.log"), "utf8");
    expect([
      plan.code,
      log.code,
      text.includes("onyx"),
      /[\u0000-\u0009\u000b-\u001f\u202e]/.test(text),
    ]).toEqual([0, 0, true, false]);
  });
});
