import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createTableWriter, type TableWriter } from "#main/documents/index.ts";
import { findSetting } from "#main/store/queries/settings.ts";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import { localTimeIn } from "#main/features/membership/policy/local-time.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { failure } from "#shared/domain/failure.ts";
import { JobId } from "#shared/domain/ids.ts";
import { OperationId, type OperationLogs } from "#shared/domain/operation.ts";
import { silentLog } from "#shared/lib/log.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { Clock } from "#shared/lib/time.ts";
import { readByLibreOffice } from "#test/integration/report/soffice.ts";
import { startChild } from "#test/support/child.ts";
import {
  createHastyClock,
  draftStep,
  openMembershipLab,
  type MembershipLab,
} from "#test/support/membership-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { canMount, mountSmallDisk } from "#test/support/small-disk.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { type KnownWorld, knowWorld, startEngineSandbox } from "./engine-world.ts";

const workerUrl = pathToFileURL(path.resolve("src/main/documents/table-worker.ts"));

function openTables(): TableWriter {
  const tables = createTableWriter({ workerUrl, log: silentLog, clock: systemClock });
  onTestFinished(() => tables.close());
  return tables;
}

let sandbox: Sandbox;
let world: KnownWorld;

beforeEach(async () => {
  sandbox = await startEngineSandbox();
  world = knowWorld(() => sandbox.control.truth());
});
afterEach(() => sandbox.close());

async function openLab(options: {
  readonly folder: string;
  readonly tables?: TableWriter;
  readonly clock?: Clock;
}): Promise<MembershipLab> {
  const lab = await openMembershipLab({
    connections: [connectionTo(sandbox, { limitWindowMs: 1, deadlineMs: 300 })],
    clock: options.clock ?? createHastyClock(),
    tables: options.tables ?? openTables(),
    operationsFolder: options.folder,
  });
  onTestFinished(async () => {
    await lab.stop();
    await lab.store.close();
  });
  return lab;
}

function step(action: DraftStep["action"], channel: string | null, rest: Partial<DraftStep> = {}): DraftStep {
  const { connection } = connectionTo(sandbox);
  const groupId = channel === null ? null : world.groupId("slack", channel);
  return draftStep(connection, { action, groupId, ...rest });
}

function addition(channel: string, person: string): DraftStep {
  return step("add", channel, {
    userId: world.slackUser(person),
    personName: person,
    groupName: channel,
  });
}

async function logsOf(lab: MembershipLab, id: OperationId): Promise<OperationLogs> {
  const detail = await lab.operations.get({ operationId: id });
  if (!detail.ok || detail.value.logs === null) throw new Error("no logs");
  return detail.value.logs;
}

async function reportJobOf(lab: MembershipLab, id: OperationId): Promise<JobId> {
  const record = (await findSetting(lab.store.read, `operation-log ${id}`)) as { jobId: string };
  return JobId.parse(record.jobId);
}

async function runAndReport(lab: MembershipLab, id: OperationId): Promise<OperationLogs> {
  await lab.confirm(id);
  await lab.settled(id);
  await lab.jobs.settled(await reportJobOf(lab, id));
  return logsOf(lab, id);
}

/** Lines between the rules: one a step. */
function stepLines(log: string): string[] {
  const [, steps = ""] = log.split(/^-{100}\n/mu);
  return steps.split("\n").slice(0, -1);
}

describe("a run that has ended", () => {
  test("leaves a log and a workbook that say what became of every step", async () => {
    const folder = path.join(makeTemporaryFolder(), "operations");
    const lab = await openLab({ folder });
    const id = await lab.plan("op", "add", [
      addition("bitsafe-acme", "ann"),
      addition("bitsafe-acme", "cat"),
      addition("bitsafe-old", "ann"),
    ]);
    const logs = await runAndReport(lab, id);
    const rows = await lab.rows(id);
    const time = localTimeIn("Asia/Kolkata");
    const at = (row: number) => time.format(rows[row]?.actedAtMs ?? rows[row]?.intentAtMs ?? 0);
    const detail = await lab.operations.get({ operationId: id });
    const confirmedAtMs = (detail.ok && detail.value.confirmedAtMs) || 0;
    const name = `add_members_${time.stamp(confirmedAtMs)}`;
    const log = readFileSync(logs.log, "utf8");
    const archived = failure("slack/archived");

    expect({
      logs,
      files: readdirSync(folder).toSorted(),
      steps: stepLines(log),
      zone: /^Times are of +Asia\/Kolkata \(UTC\+05:30 when written\)$/mu.test(log),
      summary: log.slice(log.lastIndexOf("Summary")).trim().split(/\n/u).slice(0, 5),
    }).toEqual({
      logs: {
        log: path.join(folder, `${name}.log`),
        workbook: path.join(folder, `${name}.xlsx`),
        state: "written",
        failure: null,
      },
      files: [`${name}.log`, `${name}.xlsx`],
      steps: [
        `${at(0)} | Done | Slack | bitsafe-acme | Add | ann | Read back`,
        `${at(1)} | Already so | Slack | bitsafe-acme | Add | cat`,
        `${at(2)} | Refused | Slack | bitsafe-old | Add | ann | ${archived.message} [slack/archived] | To do: ${archived.todo}`,
      ],
      zone: true,
      summary: ["Summary", "Steps       3", "To do       0", "Under way   0", "Done        1"],
    });

    const book = await readByLibreOffice(logs.workbook);
    expect(book["Steps"]?.slice(1)).toEqual([
      [
        "1",
        at(0),
        "Done",
        "Slack",
        "bitsafe-acme",
        "Add",
        "ann",
        "",
        "",
        "Read back",
        "",
        "",
        "",
        String(rows[0]?.groupKey),
      ],
      [
        "2",
        at(1),
        "Already so",
        "Slack",
        "bitsafe-acme",
        "Add",
        "cat",
        "",
        "",
        "",
        "",
        "",
        "",
        String(rows[1]?.groupKey),
      ],
      [
        "3",
        at(2),
        "Refused",
        "Slack",
        "bitsafe-old",
        "Add",
        "ann",
        "",
        "",
        "",
        archived.message,
        archived.todo,
        "slack/archived",
        String(rows[2]?.groupKey),
      ],
    ]);
    expect(book["To do"]?.slice(1).map(([ordinal]) => ordinal)).toEqual(["3"]);
  }, 60_000);

  test("leaves them when it was cancelled, too", async () => {
    const lab = await openLab({ folder: makeTemporaryFolder() });
    const id = await lab.plan("op", "add", [addition("bitsafe-acme", "ann")]);
    sandbox.control.addFault({ method: "conversations.invite", kind: "stall" });
    await lab.confirm(id);
    await lab.operations.cancel({ operationId: id });
    await lab.jobs.settled(await reportJobOf(lab, id));
    const logs = await logsOf(lab, id);
    expect([logs.state, /^State +Cancelled$/mu.test(readFileSync(logs.log, "utf8"))]).toEqual([
      "written",
      true,
    ]);
  }, 30_000);

  test("of the same second as another gets a name of its own", async () => {
    const folder = makeTemporaryFolder();
    const stopped: Clock = { ...systemClock, nowMs: () => Date.UTC(2026, 10, 20, 9) };
    const lab = await openLab({ folder, clock: stopped });
    const names: string[] = [];
    for (const operation of ["one", "two", "three"]) {
      const id = await lab.plan(operation, "add", [addition("bitsafe-acme", "ann")]);
      names.push(path.basename((await runAndReport(lab, id)).log));
    }
    expect(names).toEqual([
      "add_members_20261120_143000.log",
      "add_members_20261120_143000_2.log",
      "add_members_20261120_143000_3.log",
    ]);
  }, 30_000);

  test("that was planned and then cancelled leaves none", async () => {
    const folder = path.join(makeTemporaryFolder(), "operations");
    const lab = await openLab({ folder });
    const id = await lab.plan("op", "add", [addition("bitsafe-acme", "ann")]);
    await lab.operations.cancel({ operationId: id });
    const detail = await lab.operations.get({ operationId: id });
    expect([detail.ok && detail.value.logs, existsSync(folder)]).toEqual([null, false]);
  });
});

describe("when the files cannot be written", () => {
  test("a process killed right after the end leaves it to the next start", async () => {
    const folder = makeTemporaryFolder();
    const operations = path.join(folder, "operations");
    const input = JSON.stringify({
      ready: sandbox.ready,
      steps: [addition("bitsafe-acme", "ann")],
      operations,
    });
    const child = startChild("test/integration/membership/reporting-process.ts", folder, input);
    await child.said("writing");
    await child.kill();
    expect(existsSync(operations) ? readdirSync(operations) : []).toEqual([]);

    const store = await openTemporaryStore({ folder, clock: systemClock });
    const lab = await openMembershipLab({
      connections: [],
      store,
      clock: systemClock,
      tables: openTables(),
      operationsFolder: operations,
    });
    const id = OperationId.parse("op");
    await lab.jobs.settled(await reportJobOf(lab, id));
    const logs = await logsOf(lab, id);
    expect([logs.state, stepLines(readFileSync(logs.log, "utf8")).length]).toEqual(["written", 1]);
    expect(readdirSync(operations).length).toBe(2);
    await lab.stop();
    await store.close();
  }, 60_000);

  test.runIf(canMount())(
    "a full disk is told of, and they come once there is room",
    async () => {
      const disk = mountSmallDisk(64);
      if (disk === null) throw new Error("it could be mounted a moment ago");
      onTestFinished(() => disk.remove());
      const filler = path.join(disk.folder, "filler");
      writeFileSync(filler, Buffer.alloc(64 * 1024));
      const operations = path.join(disk.folder, "operations");
      // Waits longer than a minute take no time; the job's own are shorter, so that it rests while it is looked at.
      const lab = await openLab({ folder: operations, clock: createHastyClock(60 * 60_000) });
      const id = await lab.plan("op", "add", [addition("bitsafe-acme", "ann")]);
      await lab.confirm(id);
      await lab.settled(id);
      const jobId = await reportJobOf(lab, id);
      await waitFor(async () => (await lab.jobs.find(jobId))?.state === "waiting");
      const full = await logsOf(lab, id);
      expect([full.state, full.failure?.code, full.failure?.facts["reason"], await lab.state(id)]).toEqual([
        "failed",
        "input/file-unwritable",
        "The disk is full.",
        "done",
      ]);

      rmSync(filler);
      await lab.jobs.resume(jobId);
      await lab.jobs.settled(jobId);
      const written = await logsOf(lab, id);
      expect([written.state, readdirSync(operations).length]).toEqual(["written", 2]);
    },
    60_000,
  );
});

async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  const untilMs = performance.now() + 20_000;
  while (!(await isSo())) {
    if (performance.now() > untilMs) throw new Error("it never came to that");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
