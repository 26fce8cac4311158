import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { createTableWriter } from "#main/documents/index.ts";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import { FoundGroupsFile, OperationReportFile } from "#main/features/membership/report/report-forms.ts";
import { listActivity } from "#main/store/queries/activity.ts";
import { insertSteps, updateSteps } from "#main/store/queries/operation-steps.ts";
import { insertOperation, updateOperation } from "#main/store/queries/operations.ts";
import type { FindStep } from "#shared/contract/membership.ts";
import { failure } from "#shared/domain/failure.ts";
import { GroupKey, JobId, PersonId, telegramGroupKeyOf } from "#shared/domain/ids.ts";
import { OperationId } from "#shared/domain/operation.ts";
import { silentLog } from "#shared/lib/log.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { readByLibreOffice } from "#test/integration/report/soffice.ts";
import { readByExceljs } from "#test/integration/report/writing.ts";
import { createHastyClock } from "#test/support/membership-lab.ts";
import { openTestPlanningLab } from "#test/support/open-planning-lab.ts";
import type { PlanningLab } from "#test/support/planning-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { bothTeamsOf, connectTelegram } from "#test/support/sandbox-telegram-audit.ts";
import { scriptedConnection, smallTeam, telegramConnection } from "#test/support/scripted-audit.ts";
import { createScriptedSlack } from "#test/support/scripted-slack.ts";
import { createScriptedTelegram } from "#test/support/scripted-telegram.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { meetEverybody } from "./engine-telegram.ts";
import { knowWorld, startEngineSandbox } from "./engine-world.ts";

const END = { state: "done", actedAtMs: 60_000, verifiedAtMs: 61_000 } as const;
const ID = OperationId.parse("op");

function openTables() {
  const workerUrl = pathToFileURL(path.resolve("src/main/documents/table-worker.ts"));
  const tables = createTableWriter({ workerUrl, log: silentLog, clock: systemClock });
  onTestFinished(() => tables.close());
  return tables;
}

const slackWorld = () =>
  createScriptedSlack({
    owner: "UOWNER",
    users: [{ id: "UOWNER" }, { id: "UAMY" }],
    channels: [
      { id: "C1", name: "acme", members: ["UOWNER", "UAMY"] },
      { id: "C2", name: "globex", members: ["UOWNER"] },
    ],
  });

function openScriptedLab(): Promise<PlanningLab> {
  return openTestPlanningLab({
    connections: [scriptedConnection(slackWorld())],
    teamAndRules: smallTeam({ amy: { userId: "UAMY" } }),
    tables: openTables(),
  });
}

/** An operation that has ended, with every step done by reading back unless it met a failure. */
async function keepEnded(lab: PlanningLab, steps: readonly Partial<DraftStep>[]): Promise<void> {
  const { connection } = scriptedConnection(slackWorld());
  const drafts = steps.map((step, at): DraftStep => {
    return {
      action: "rename",
      stage: 0,
      batch: `batch ${at}`,
      connectionId: connection.id,
      platform: "slack",
      groupKey: GroupKey.parse(`slack:T1:C${at}`),
      groupId: `C${at}`,
      groupName: `group ${at}`,
      groupKind: null,
      newGroup: null,
      personId: null,
      personName: null,
      userId: null,
      before: null,
      after: null,
      state: step.failure ? "refused" : "planned",
      evidence: "live",
      failure: null,
      ...step,
    };
  });
  await lab.store.write(async (writer) => {
    await insertOperation(writer, {
      id: ID,
      kind: "rename",
      title: "Rename \u001b[31m=groups\u202E שלום",
      request: { kind: "undo", operationId: ID },
      undoes: null,
      isSandbox: true,
      planJobId: JobId.parse("job-plan"),
      recurrenceId: null,
      createdAtMs: 1_000,
      createdBy: "tester",
    });
    for (let at = 0; at < drafts.length; at += 250)
      await insertSteps(writer, ID, at, drafts.slice(at, at + 250));
    const done = drafts.flatMap(({ state }, at) => (state === "planned" ? [at] : []));
    for (let at = 0; at < done.length; at += 10_000)
      await updateSteps(writer, ID, done.slice(at, at + 10_000), END);
    await updateOperation(writer, ID, {
      state: "partial",
      runJobId: JobId.parse("job-run"),
      confirmedAtMs: 30_000,
      finishedAtMs: 90_000,
    });
  });
}

async function write(lab: PlanningLab, format: "xlsx" | "log" | "json"): Promise<string> {
  const file = path.join(makeTemporaryFolder(), `report.${format}`);
  const written = await lab.membership.writeReport({ operationId: ID, format, path: file });
  if (!written.ok) throw new Error(written.error.code);
  return file;
}

const HOSTILE = [
  "=cmd|' /C calc'!A0",
  "+1",
  "@SUM(A1:A9)",
  "🙂👩‍👩‍👧 שלום مرحبا",
  "_x0041_",
  "  spaces around  ",
  "quote\" comma, semicolon; 'apostrophe",
];

describe("a report on request", () => {
  test("holds every name as the text it is, for LibreOffice as in the store", async () => {
    const lab = await openScriptedLab();
    await keepEnded(
      lab,
      HOSTILE.map((name) => ({ groupName: name, before: name, after: `${name}!`, personName: name })),
    );
    const book = await readByLibreOffice(await write(lab, "xlsx"));
    const shown = book["Steps"]?.slice(1).map((row) => [row[1], row[2], row[4], row[6], row[7], row[8]]);
    const kept = await lab.rows(ID);
    expect(shown).toEqual(
      kept.map(({ groupName, personName, before, after }) => [
        "1970-01-01 05:31:00",
        "Done",
        groupName,
        personName,
        before,
        after,
      ]),
    );
  }, 60_000);

  test("as a log keeps each step to one line that nothing steers or turns around", async () => {
    const lab = await openScriptedLab();
    await keepEnded(lab, [
      { groupName: "two\nlines\u001b[2J", before: "safe\u202Efdp", after: "שלום" },
      { groupName: "plain", after: "b", failure: failure("slack/name-taken") },
    ]);
    const log = readFileSync(await write(lab, "log"), "utf8");
    const taken = failure("slack/name-taken");
    const [head = "", steps = ""] = log.split(/^-{100}\n/mu);
    expect({
      steps,
      title: head.split("\n").find((line) => line.startsWith("Operation ")),
      odd: log.match(/[^\P{Cc}\n]|[\u202A-\u202E\u2066\u2067]/gu),
      isolates: [log.match(/\u2068/gu)?.length, log.match(/\u2069/gu)?.length],
    }).toEqual({
      steps: [
        "1970-01-01 05:31:00 | Done | Slack | two lines [2J | Rename | safe fdp → \u2068שלום\u2069 | Read back\n",
        `------------------- | Refused | Slack | plain | Rename | → b | ${taken.message} [slack/name-taken] | To do: ${taken.todo}\n`,
      ].join(""),
      title: "Operation        \u2068Rename  [31m=groups  שלום\u2069",
      odd: null,
      isolates: [2, 2],
    });
  });

  test("of ten thousand steps holds every one, in each format", async () => {
    const lab = await openScriptedLab();
    await keepEnded(
      lab,
      Array.from({ length: 10_000 }, (_, at) => ({
        groupName: `group ${at}`,
        before: `old ${at}`,
        after: `new ${at}`,
      })),
    );
    const names = Array.from({ length: 10_000 }, (_, at) => `group ${at}`);
    const book = await readByExceljs(await write(lab, "xlsx"));
    const log = readFileSync(await write(lab, "log"), "utf8");
    const json = OperationReportFile.parse(JSON.parse(readFileSync(await write(lab, "json"), "utf8")));
    expect(book["Steps"]?.slice(1).map((row) => row[4])).toEqual(names);
    expect(log.match(/\| group \d+ \|/gu)?.map((found) => found.slice(2, -2))).toEqual(names);
    expect(json.steps.map(({ groupName }) => groupName)).toEqual(names);
  }, 60_000);

  test("of a mere plan says so everywhere, and what would be done", async () => {
    const lab = await openScriptedLab();
    await lab.audit();
    const detail = await lab.plan({
      kind: "add",
      targets: {
        by: "cross",
        people: { by: "everyone" },
        groups: { by: "key", groupKeys: ["C1", "C2"].map((id) => GroupKey.parse(`slack:T1:${id}`)) },
      },
      platforms: ["slack"],
    });
    const file = path.join(makeTemporaryFolder(), "plan");
    const write = async (format: "xlsx" | "log" | "json") => {
      await lab.membership.writeReport({ operationId: detail.id, format, path: `${file}.${format}` });
      return `${file}.${format}`;
    };
    const name = await lab.membership.nameReport({ operationId: detail.id });
    const book = await readByExceljs(await write("xlsx"));
    const log = readFileSync(await write("log"), "utf8");
    const json = OperationReportFile.parse(JSON.parse(readFileSync(await write("json"), "utf8")));
    expect({
      name: name.ok && name.value.replace(/\d{8}_\d{6}/u, "…"),
      book: [book["Summary"]?.[0]?.[0], book["Steps"]?.slice(1).map((row) => [row[2], row[4]])],
      log: [log.split("\n")[0], /^State +Planned, not run$/mu.test(log)],
      json: [json.isPlan, json.steps.map(({ state, groupName }) => `${state} ${groupName}`)],
      logs: detail.logs,
    }).toEqual({
      name: "plan_add_members_…",
      book: [
        "Plan of an operation, NOT RUN",
        [
          ["Already so", "acme"],
          ["To do", "globex"],
        ],
      ],
      log: ["Muster: plan of an operation, NOT RUN", true],
      json: [true, ["already-so acme", "planned globex"]],
      logs: null,
    });
  });

  test("of an operation that is not there is not found", async () => {
    const lab = await openScriptedLab();
    const input = { operationId: OperationId.parse("none"), format: "log", path: "/tmp/none.log" } as const;
    const answers = [await lab.membership.writeReport(input), await lab.membership.nameReport(input)];
    expect(answers.map((answer) => !answer.ok && answer.error.code)).toEqual([
      "input/not-found",
      "input/not-found",
    ]);
  });
});

test("what was found is written as it was found, and nothing is before a look", async () => {
  const lab = await openScriptedLab();
  const personId = PersonId.parse("amy");
  const file = path.join(makeTemporaryFolder(), "found");
  const before = await lab.membership.writeFound({ personId, format: "json", path: `${file}.json` });
  const found = await lab.membership.find({ personId, platforms: ["slack"] }, new AbortController().signal);
  if (!found.ok) throw new Error(found.error.code);
  let last: FindStep | null = null;
  for await (const each of found.value) last = each;
  await lab.membership.writeFound({ personId, format: "json", path: `${file}.json` });
  await lab.membership.writeFound({ personId, format: "xlsx", path: `${file}.xlsx` });
  const json = FoundGroupsFile.parse(JSON.parse(readFileSync(`${file}.json`, "utf8")));
  const book = await readByExceljs(`${file}.xlsx`);
  expect({
    before: !before.ok && before.error.code,
    json: [json.person, json.groups],
    book: book["Groups"],
  }).toEqual({
    before: "input/not-found",
    json: [{ id: "amy", name: "amy" }, last?.groups],
    book: [
      [
        "Platform",
        "Group Name",
        "Is In It",
        "Our Right",
        "We May Rename",
        "We May Add",
        "We May Remove",
        "Account",
        "Archived",
        "Note",
        "Group Key",
      ],
      [
        "Slack",
        "acme",
        "Yes",
        "Member",
        "Not known",
        "Not known",
        "Not known",
        expect.any(String),
        "No",
        null,
        "slack:T1:C1",
      ],
    ],
  });
});

test.each([
  ["operation-report", OperationReportFile],
  ["found-groups", FoundGroupsFile],
] as const)("the published form of %s is the one that is written", (name, form) => {
  const published = path.resolve(`resources/schema/${name}.v1.schema.json`);
  expect(JSON.parse(readFileSync(published, "utf8"))).toEqual(z.toJSONSchema(form));
});

test("somebody whom Telegram does not let us add gets a link that works and is kept nowhere", async () => {
  const sandbox = await startEngineSandbox();
  const telegram = await connectTelegram(sandbox.ready, { windowScale: 0, longestWaitMs: 0 });
  onTestFinished(async () => {
    await telegram.session.close();
    await sandbox.close();
  });
  await meetEverybody(telegram.session);
  const world = knowWorld(() => sandbox.control.truth());
  const { team, rules } = bothTeamsOf(sandbox);
  const ann = team.find(({ id }) => id === "ann");
  const identity = ann?.identities.find(({ platform }) => platform === "telegram");
  if (!ann || !identity) throw new Error("nobody is called ann");
  const shy = {
    ...ann,
    id: PersonId.parse("shy"),
    name: "Shy Example",
    identities: [{ ...identity, userId: world.telegramUser("shy"), username: null }],
  };
  const lab = await openTestPlanningLab({
    connections: [connectionTo(sandbox, { limitWindowMs: 1, deadlineMs: 1_000 }), telegram],
    teamAndRules: { team: [...team, shy], rules },
    clock: createHastyClock(),
  });
  const planned = await lab.plan({
    kind: "add",
    targets: {
      by: "cross",
      people: { by: "person", personIds: ["shy", "ann"].map((id) => PersonId.parse(id)) },
      groups: {
        by: "key",
        groupKeys: [telegramGroupKeyOf(world.groupId("telegram", "Acme"), false)],
      },
    },
    platforms: ["telegram"],
  });
  const rows = await lab.rows(planned.id);
  const ordinalOf = (userId: string) => rows.find((row) => row.userId === userId)?.ordinal ?? -1;
  const shysStep = ordinalOf(world.telegramUser("shy"));
  const annsStep = ordinalOf(world.telegramUser("ann"));
  const help = (ordinal: number) => lab.membership.helpWithStep({ operationId: planned.id, ordinal });
  const early = await help(shysStep);
  await lab.store.write(async (writer) => {
    await updateSteps(writer, planned.id, [shysStep], {
      state: "refused",
      failure: failure("telegram/privacy-restricted"),
    });
    await updateSteps(writer, planned.id, [annsStep], {
      state: "refused",
      failure: failure("telegram/too-many-groups"),
    });
  });
  const linked = await help(shysStep);
  const inVain = await help(annsStep);
  const link = linked.ok ? linked.value.link : null;
  const activity = await listActivity(lab.store.read, { beforeSeq: null, search: "", limit: 100 });
  expect({
    early: !early.ok && early.error.code,
    linked: linked.ok && {
      ...linked.value,
      link: null,
      text: linked.value.text.replace(link ?? "-", "LINK"),
    },
    isLink: link?.startsWith("https://t.me/+"),
    inVain: inVain.ok && [inVain.value.how, inVain.value.link],
    noted: activity.filter(({ action }) => action === "operation.invite-link").map(({ outcome }) => outcome),
    isLinkKept: JSON.stringify([activity, await lab.rows(planned.id)]).includes(link ?? "-"),
  }).toEqual({
    early: "membership/not-refused",
    linked: {
      how: "link",
      link: null,
      names: [],
      text: "Hi Shy, could you please join the Telegram group “Acme <> BitSafe”? This link lets you in: LINK",
    },
    isLink: true,
    inVain: ["nobody", null],
    noted: ["done"],
    isLinkKept: false,
  });
}, 60_000);

test("a refusal for want of rights names the colleague who may, else the strangers, and never the account that was refused", async () => {
  const telegram = createScriptedTelegram({
    owner: "1",
    accounts: [{ id: "1" }, { id: "2" }, { id: "3" }],
    chats: [
      { id: "100", title: "Acme", members: ["1", "2", "3"], admins: ["1", "2"] },
      { id: "200", title: "Globex", members: ["1", "3"], admins: ["3"] },
    ],
  });
  const { team, rules } = smallTeam({ amy: { userId: "UAMY" } });
  const lab = await openTestPlanningLab({
    connections: [telegramConnection(telegram)],
    teamAndRules: {
      team: team.map((member) => ({
        ...member,
        identities: member.identities.map((identity) => {
          return { ...identity, platform: "telegram" as const, workspaceId: null, userId: "2" };
        }),
      })),
      rules,
    },
    tables: openTables(),
  });
  const { connection } = telegramConnection(telegram);
  const failed = {
    failure: failure("telegram/admin-needed"),
    platform: "telegram",
    groupKind: "supergroup",
  } as const;
  const at = { ...failed, connectionId: connection.id, action: "remove", personName: "Zed" } as const;
  await keepEnded(lab, [
    { ...at, groupId: "100", groupName: "Acme" },
    { ...at, groupId: "200", groupName: "Globex" },
  ]);
  const first = await lab.membership.helpWithStep({ operationId: ID, ordinal: 0 });
  const second = await lab.membership.helpWithStep({ operationId: ID, ordinal: 1 });
  const missing = await lab.membership.helpWithStep({ operationId: ID, ordinal: 2 });
  const { todo } = failure("telegram/admin-needed");
  expect([first, second, !missing.ok && missing.error.code]).toEqual([
    {
      ok: true,
      value: {
        how: "colleague",
        link: null,
        names: ["amy"],
        text: "Hi amy, could you please remove Zed from the Telegram group “Acme”? My account may not. Thank you!",
      },
    },
    {
      ok: true,
      value: {
        how: "nobody",
        link: null,
        names: [],
        text: `Nobody of the team is known who could remove Zed from the Telegram group “Globex”. Outside the team, these may: 3. Ask one of them. ${todo}`,
      },
    },
    "input/not-found",
  ]);
});
