import { afterEach, beforeEach, expect, test } from "vitest";
import { removeConnection, saveConnection } from "#main/store/queries/connections.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { PersonId, type RunId } from "#shared/domain/ids.ts";
import { HOUR_MS } from "#shared/lib/time.ts";
import { openCoverageLab, type CoverageLab } from "#test/support/coverage-lab.ts";
import { createManualClock, type ManualClock } from "#test/support/manual-clock.ts";
import {
  scriptedConnection,
  smallTeam,
  telegramConnection,
  telegramTeam,
} from "#test/support/scripted-audit.ts";
import { createScriptedSlack, type ScriptedSlack } from "#test/support/scripted-slack.ts";
import { createScriptedTelegram } from "#test/support/scripted-telegram.ts";

// An audit of one of two workspaces, or of one of two accounts, must not hide what is known of the other.

let clock: ManualClock;
let lab: CoverageLab;

beforeEach(() => {
  clock = createManualClock();
});
afterEach(async () => {
  await lab.stop();
  await lab.store.close();
});

async function keep({
  scopes: _scopes,
  isProduction: _isProduction,
  ...connection
}: Connection): Promise<void> {
  await lab.store.write((writer) =>
    saveConnection(writer, {
      ...connection,
      apiUrl: connection.apiUrl ?? "",
      telegramServer: null,
      maskedPhone: null,
      grantedScopes: [],
    }),
  );
}

async function audit(...connections: readonly { readonly connection: Connection }[]): Promise<RunId> {
  const connectionIds = connections.map(({ connection }) => connection.id);
  const started = await lab.coverage.start({ connectionIds, strategy: "inverse" }, "schedule");
  if (!started.ok) throw new Error(started.error.code);
  await lab.coverage.waitForEnd(started.value.runId);
  await clock.advance(HOUR_MS);
  return started.value.runId;
}

async function told() {
  const matrix = await lab.coverage.matrix({ runId: null });
  return {
    sources: matrix?.sources.map(({ label, runId }) => `${label}: ${runId}`),
    rows: matrix?.rows.map(({ group, cells }) =>
      [group.name, ...cells.map(({ personId, presence }) => `${personId} ${presence}`)].join(", "),
    ),
  };
}

function workspace(channel: string): ScriptedSlack {
  return createScriptedSlack({
    owner: "UANN",
    users: [{ id: "UANN" }, { id: "UBOB" }],
    channels: [{ id: `C${channel}`, name: `${channel}-bitsafe`, members: ["UANN"] }],
  });
}

test("an audit of one workspace leaves the other one's results where they were, until that is removed", async () => {
  const [home, away] = [workspace("home"), workspace("away")];
  const one = scriptedConnection(home, "T1", "UANN");
  const two = scriptedConnection(away, "T2", "UANN");
  const team = smallTeam({ ann: { userId: "UANN" }, bob: { userId: "UBOB" } });
  lab = await openCoverageLab({ connections: [one, two], teamAndRules: () => team, clock });
  await keep(one.connection);
  await keep(two.connection);
  const both = await audit();
  home.channels[0]?.members.push("UBOB");
  const newer = await audit(one);
  const after = await told();
  const overview = await lab.coverage.overview();
  const page = await lab.coverage.getPerson({ personId: PersonId.parse("bob") });
  const changes = await lab.coverage.getReport(newer);
  await lab.store.write((writer) => removeConnection(writer, two.connection.id));
  const removed = await told();

  expect({
    after,
    platforms: overview.platforms.map(({ groups, requiredPresent, requiredTotal }) => [
      groups,
      requiredPresent,
      requiredTotal,
    ]),
    trend: overview.trend.map(({ rate }) => rate),
    page: page.ok && page.value.groups.map(({ group, cell }) => `${group.name} ${cell.presence}`),
    closed: changes.ok && changes.value.changes?.closedGaps.map(({ groupName }) => groupName),
    gone: changes.ok && changes.value.changes?.goneGroups,
    removed,
  }).toEqual({
    after: {
      sources: [`Workspace T1: ${newer}`, `Workspace T2: ${both}`],
      rows: ["away-bitsafe, ann present, bob absent", "home-bitsafe, ann present, bob present"],
    },
    platforms: [[2, 3, 4]],
    trend: [0.5, 0.75],
    page: ["home-bitsafe present", "away-bitsafe absent"],
    closed: ["home-bitsafe"],
    gone: [],
    removed: {
      sources: [`Workspace T1: ${newer}`],
      rows: ["home-bitsafe, ann present, bob present"],
    },
  });
});

test("a group that two accounts share is shown once, as the newest audit has it", async () => {
  const chats = [
    { id: "100", title: "Shared <> bitsafe", members: ["1", "9", "2"] },
    { id: "200", title: "Theirs <> bitsafe", members: ["9", "2"] },
  ];
  const accounts = [{ id: "2" }];
  const mine = createScriptedTelegram({ owner: "1", accounts, chats: chats.slice(0, 1) });
  const theirs = createScriptedTelegram({ owner: "9", accounts, chats });
  const one = telegramConnection(mine, "1");
  const two = telegramConnection(theirs, "9");
  lab = await openCoverageLab({
    connections: [one, two],
    teamAndRules: () => telegramTeam({ ann: { ids: ["2"] } }),
    clock,
  });
  await keep(one.connection);
  await keep(two.connection);
  const second = await audit(two);
  const shared = mine.chats[0];
  if (shared) shared.members = ["1", "9"];
  const first = await audit(one);
  const { trend } = await lab.coverage.overview();

  expect({ ...(await told()), trend: trend.map(({ rate }) => rate) }).toEqual({
    sources: [`Account 1: ${first}`, `Account 9: ${second}`],
    rows: ["Shared <> bitsafe, ann absent", "Theirs <> bitsafe, ann present"],
    trend: [1, 0.5],
  });
});

test("a group that two accounts saw stays when the one it was credited to leaves, with the other one's right", async () => {
  const accounts = [{ id: "2" }];
  const shared = { id: "100", title: "Shared <> bitsafe", members: ["1", "9", "2"] };
  const mine = createScriptedTelegram({
    owner: "1",
    accounts,
    chats: [
      { ...shared, right: "owner" },
      { id: "200", title: "Mine <> bitsafe", members: ["1", "2"], right: "owner" },
    ],
  });
  const theirs = createScriptedTelegram({ owner: "9", accounts, chats: [{ ...shared, right: "rename" }] });
  const away = createScriptedTelegram({
    owner: "7",
    accounts,
    chats: [{ id: "300", title: "Away <> bitsafe", members: ["7"] }],
  });
  const [one, two, three] = [
    telegramConnection(mine, "1"),
    telegramConnection(theirs, "9"),
    telegramConnection(away, "7"),
  ];
  lab = await openCoverageLab({
    connections: [one, two, three],
    teamAndRules: () => telegramTeam({ ann: { ids: ["2"] } }),
    clock,
  });
  for (const { connection } of [one, two, three]) await keep(connection);
  const both = await audit(one, two);
  const newer = await audit(three);
  const rights = async () => {
    const matrix = await lab.coverage.matrix({ runId: null });
    return matrix?.rows.map(({ group }) => `${group.name}: ${group.telegram?.ownRight ?? "-"}`);
  };
  const before = await rights();
  await lab.store.write((writer) => removeConnection(writer, one.connection.id));

  expect({ before, ...(await told()), after: await rights() }).toEqual({
    before: ["Away <> bitsafe: member", "Mine <> bitsafe: owner", "Shared <> bitsafe: owner"],
    sources: [`Account 7: ${newer}`, `Account 9: ${both}`],
    rows: ["Away <> bitsafe, ann absent", "Shared <> bitsafe, ann present"],
    after: ["Away <> bitsafe: member", "Shared <> bitsafe: rename"],
  });
});

test("a channel that two members of one workspace saw stays when the one it was credited to leaves", async () => {
  const users = [{ id: "UANN" }, { id: "UBOB" }];
  const both = { id: "CBOTH", name: "both-bitsafe", members: ["UANN", "UBOB"], isPrivate: true };
  const own = { id: "COWN", name: "own-bitsafe", members: ["UANN"], isPrivate: true };
  const one = scriptedConnection(
    createScriptedSlack({ owner: "UANN", users, channels: [both, own] }),
    "T1",
    "UANN",
  );
  const two = scriptedConnection(
    createScriptedSlack({ owner: "UBOB", users, channels: [both, own] }),
    "T1",
    "UBOB",
  );
  const three = scriptedConnection(workspace("away"), "T2", "UANN");
  const team = smallTeam({ ann: { userId: "UANN" }, bob: { userId: "UBOB" } });
  lab = await openCoverageLab({ connections: [one, two, three], teamAndRules: () => team, clock });
  for (const { connection } of [one, two, three]) await keep(connection);
  await audit(one, two);
  await audit(three);
  await lab.store.write((writer) => removeConnection(writer, one.connection.id));
  expect((await told()).rows).toEqual([
    "away-bitsafe, ann present, bob absent",
    "both-bitsafe, ann present, bob present",
  ]);
});
