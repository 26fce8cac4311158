import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunReport } from "#main/features/coverage/index.ts";
import { failure } from "#shared/domain/failure.ts";
import { type ConnectionId, GroupKey, PersonId, type RunId } from "#shared/domain/ids.ts";
import type { Matrix } from "#shared/domain/matrix.ts";
import { DAY_MS, HOUR_MS } from "#shared/lib/time.ts";
import { openCoverageLab, type CoverageLab } from "#test/support/coverage-lab.ts";
import { createManualClock, type ManualClock } from "#test/support/manual-clock.ts";
import {
  scriptedConnection,
  smallTeam,
  telegramConnection,
  telegramTeam,
} from "#test/support/scripted-audit.ts";
import { createScriptedSlack, type ScriptedSlack } from "#test/support/scripted-slack.ts";
import { createScriptedTelegram, type ScriptedTelegram } from "#test/support/scripted-telegram.ts";

// A nightly audit of Slack alone must not hide what is known of Telegram, nor the other way round.

const TELEGRAM_TEAM = telegramTeam({ ann: { ids: ["2"] }, bob: { ids: ["3"] } });
const SLACK_TEAM = smallTeam({ ann: { userId: "UANN" }, bob: { userId: "UBOB" } });
const TEAM = {
  ...TELEGRAM_TEAM,
  team: TELEGRAM_TEAM.team.map((member, at) => ({
    ...member,
    identities: [...member.identities, ...(SLACK_TEAM.team[at]?.identities ?? [])],
  })),
};
const BOB = PersonId.parse("bob");
const SLACK = scriptedConnection(createScriptedSlack({ owner: "U", users: [], channels: [] })).connection.id;

let slack: ScriptedSlack;
let telegram: ScriptedTelegram;
let clock: ManualClock;
let lab: CoverageLab;

beforeEach(async () => {
  clock = createManualClock();
  slack = createScriptedSlack({
    owner: "UANN",
    users: [{ id: "UANN" }, { id: "UBOB" }],
    channels: [{ id: "C1", name: "acme-bitsafe", members: ["UANN"] }],
  });
  telegram = createScriptedTelegram({
    owner: "1",
    accounts: [{ id: "2" }, { id: "3" }],
    chats: [
      { id: "100", title: "Aurora <> bitsafe", members: ["1", "2"] },
      { id: "200", title: "Zeta <> bitsafe", members: ["1", "2", "3"] },
    ],
  });
  lab = await openCoverageLab({
    connections: [scriptedConnection(slack), telegramConnection(telegram)],
    teamAndRules: () => TEAM,
    clock,
  });
});

afterEach(async () => {
  await lab.stop();
  await lab.store.close();
});

/** Audits these connections, all of them when none is named, and lets time pass. */
async function audit(connectionIds: ConnectionId[] = [], thenMs = HOUR_MS): Promise<RunId> {
  const started = await lab.coverage.start({ connectionIds, strategy: "inverse" }, "schedule");
  if (!started.ok) throw new Error(started.error.code);
  await lab.coverage.waitForEnd(started.value.runId);
  await clock.advance(thenMs);
  return started.value.runId;
}

function told(matrix: Matrix | null) {
  return {
    runId: matrix?.runId,
    sources: matrix?.sources.map(({ platform, runId }) => [platform, runId]),
    cells: matrix?.rows.map(({ group, cells }) => [
      group.name,
      cells.map(
        ({ personId, presence, exclusionId }) => `${personId} ${exclusionId ? "accepted" : presence}`,
      ),
    ]),
  };
}

function changesOf(report: RunReport | undefined) {
  const { newGaps = [], closedGaps = [], newGroups = [], goneGroups = [] } = report?.changes ?? {};
  return {
    newGaps: newGaps.map((gap) => `${gap.groupName} ${gap.personName}`),
    closedGaps: closedGaps.map((gap) => `${gap.groupName} ${gap.personName}`),
    groups: [...newGroups, ...goneGroups].map(({ name }) => name),
  };
}

test("the matrix combines the newest results of each platform, exclusions applied to all of them", async () => {
  const both = await audit([], 3 * DAY_MS);
  slack.channels[0]?.members.push("UBOB");
  const nightly = await audit([SLACK]);
  const groupKey = GroupKey.parse("telegram:-:100");
  await lab.coverage.addExclusion({
    groupKey,
    personId: BOB,
    reason: "left",
    owner: "me",
    expiresAtMs: null,
  });
  expect({
    newest: told(await lab.coverage.matrix({ runId: null })),
    alone: told(await lab.coverage.matrix({ runId: nightly })),
  }).toEqual({
    newest: {
      runId: null,
      sources: [
        ["slack", nightly],
        ["telegram", both],
      ],
      cells: [
        ["acme-bitsafe", ["ann present", "bob present"]],
        ["Aurora <> bitsafe", ["ann present", "bob accepted"]],
        ["Zeta <> bitsafe", ["ann present", "bob present"]],
      ],
    },
    alone: {
      runId: nightly,
      sources: [["slack", nightly]],
      cells: [["acme-bitsafe", ["ann present", "bob present"]]],
    },
  });
});

test("the overview counts every platform, and its trend keeps what an audit of the other one did not ask", async () => {
  const both = await audit([], 3 * DAY_MS);
  slack.channels[0]?.members.push("UBOB");
  const nightly = await audit([SLACK]);
  const overview = await lab.coverage.overview();
  expect({
    sources: overview.sources.map(({ platform, runId }) => [platform, runId]),
    platforms: overview.platforms.map(({ platform, groups, requiredPresent, requiredTotal }) => [
      platform,
      groups,
      requiredPresent,
      requiredTotal,
    ]),
    categories: overview.categories.map(({ name, groups, requiredAbsent }) => [name, groups, requiredAbsent]),
    names: overview.deprecatedNames,
    trend: overview.trend.map(({ runId, rate }) => [runId, rate]),
  }).toEqual({
    sources: [
      ["slack", nightly],
      ["telegram", both],
    ],
    platforms: [
      ["slack", 1, 2, 2],
      ["telegram", 2, 3, 4],
    ],
    categories: [["Customers", 3, 1]],
    names: { total: 3, groups: 0 },
    // Slack's closed gap is a gain of one in six; Telegram's share stays what it was.
    trend: [
      [both, 4 / 6],
      [nightly, 5 / 6],
    ],
  });
});

test("each platform is compared with the earlier run that read it, whatever ran in between", async () => {
  const first = await audit();
  const nightly = await audit([SLACK]);
  telegram.chats[0]?.members.push("3");
  const later = await audit();
  slack.channels[0]?.members.push("UBOB");
  const last = await audit([SLACK]);
  await lab.coverage.writeReport({ runId: null, format: "json", path: "a.json" });
  await lab.coverage.writeReport({ runId: later, format: "json", path: "b.json" });
  const [newest, single] = lab.written;
  const sourcesOf = (report: RunReport | undefined) =>
    report?.sources.map(({ platform, run, previousRun }) => [platform, run.id, previousRun?.id]);
  const detail = await lab.coverage.getRun({ runId: later });
  const compared = await lab.coverage.compareRuns({ beforeRunId: later, afterRunId: last });
  expect({
    newest: [
      newest?.run,
      newest?.groups.length,
      newest?.results.length,
      sourcesOf(newest),
      changesOf(newest),
    ],
    single: [single?.run?.id, sourcesOf(single), changesOf(single)],
    suggested: detail.ok && detail.value.previousRunId,
    compared: compared.ok && [
      compared.value.platforms,
      compared.value.goneGroups,
      compared.value.closedGaps.length,
    ],
  }).toEqual({
    newest: [
      null,
      3,
      6,
      [
        ["slack", last, later],
        ["telegram", later, first],
      ],
      { newGaps: [], closedGaps: ["acme-bitsafe bob", "Aurora <> bitsafe bob"], groups: [] },
    ],
    single: [
      later,
      [
        ["slack", later, nightly],
        ["telegram", later, first],
      ],
      { newGaps: [], closedGaps: ["Aurora <> bitsafe bob"], groups: [] },
    ],
    suggested: first,
    compared: [["slack"], [], 1],
  });
});

test("a run that could not list a platform to its end does not hide what an earlier one found there", async () => {
  const first = await audit();
  telegram.before = ({ method }) => (method === "groups" ? failure("telegram/refused") : null);
  const second = await audit();
  const matrix = await lab.coverage.matrix({ runId: null });
  const person = await lab.coverage.getPerson({ personId: BOB });
  expect({
    sources: matrix?.sources.map(({ platform, runId, state }) => [platform, runId, state]),
    rows: matrix?.rows.length,
    person: person.ok && person.value.runs.map(({ platform, runId }) => [platform, runId]),
    trend: (await lab.coverage.overview()).trend.map(({ rate }) => rate),
  }).toEqual({
    sources: [
      ["slack", second, "partial"],
      ["telegram", first, "completed"],
    ],
    rows: 3,
    person: [
      ["slack", second],
      ["telegram", first],
    ],
    trend: [4 / 6, 4 / 6],
  });
});
