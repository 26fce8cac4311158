import { afterEach, beforeEach, expect, test } from "vitest";
import { failure } from "#shared/domain/failure.ts";
import { DEFAULT_TELLING, type TellingSettings } from "#shared/domain/telling.ts";
import { HOUR_MS } from "#shared/lib/time.ts";
import { type InsightsLab, openInsightsLab } from "#test/support/insights-lab.ts";
import { createManualClock, type ManualClock } from "#test/support/manual-clock.ts";
import { startSmtp, type ScriptedSmtp } from "#test/support/scripted-smtp.ts";
import { createWorld, type InsightsWorld, TEAM, until } from "./world.ts";

let clock: ManualClock;
let world: InsightsWorld;
let lab: InsightsLab;
let smtp: ScriptedSmtp;

beforeEach(async () => {
  clock = createManualClock();
  world = createWorld();
  smtp = await startSmtp();
  lab = await openInsightsLab({ connections: [world.connection], teamAndRules: () => TEAM, clock });
});

afterEach(async () => {
  await lab.stop();
  await lab.store.close();
  await smtp.close();
});

function toSlack(): TellingSettings {
  const connectionId = world.connection.connection.id;
  return {
    ...DEFAULT_TELLING,
    system: { enabled: false },
    slack: { enabled: true, connectionId, target: "C1" },
  };
}

async function audit(): Promise<void> {
  const before = (await lab.insights.getTelling()).recent.length;
  const started = await lab.coverage.start({ connectionIds: [], strategy: "inverse" }, "console");
  if (!started.ok) throw new Error(started.error.code);
  await until(clock, async () => {
    const [run] = (await lab.coverage.listRuns({ cursor: null, limit: 1 })).items;
    return run?.state === "completed";
  });
  // Telling comes after: it is there, or there is nothing.
  for (let turn = 0; turn < 40 && (await lab.insights.getTelling()).recent.length === before; turn += 1)
    await clock.advance(20);
}

async function states(): Promise<string[]> {
  return (await lab.insights.getTelling()).recent.map(
    ({ kind, channel, state, failure: why }) => `${kind} ${channel} ${state} ${why?.code ?? "-"}`,
  );
}

test("each run tells its own changes once: what is new, closed and renamed, and nothing when nothing is new", async () => {
  await lab.insights.saveTelling({ settings: toSlack() });
  await audit();
  await until(clock, () => world.posts.length === 1);
  await clock.advance(1_000);
  await audit();
  const afterSame = world.posts.length;
  world.channels[0]!.members.push("UBOB");
  world.channels[0]!.name = "acme-&-bitsafe";
  world.channels[1]!.members.splice(0);
  world.channels.push({ id: "C3", name: "initech-bitsafe", members: ["UANN", "UBOB"] });
  await clock.advance(1_000);
  await audit();
  await until(clock, () => world.posts.length === 2);

  expect({ posts: world.posts, afterSame, states: await states() }).toEqual({
    posts: [
      {
        channelId: "C1",
        text: "*Muster: 1 gap in 1 group*\n\n*Gaps (1; 1 open in all)*\n• acme-bitsafe: bob",
      },
      {
        channelId: "C1",
        text: [
          "*Muster: 2 new gaps in 1 group*",
          "*New gaps (2; 2 open in all)*\n• globex-bitsafe: ann, bob",
          "*Closed gaps (1)*\n• acme-bitsafe: bob",
          "*New groups (1)*\n• initech-bitsafe",
          "*Renamed (1)*\n• acme-bitsafe → acme-&amp;-bitsafe",
        ].join("\n\n"),
      },
    ],
    afterSame: 1,
    states: ["gaps slack sent -", "gaps slack sent -"],
  });
});

test("a refusal is shown, one that never left is tried again, and one without an answer is not", async () => {
  await lab.insights.saveTelling({ settings: toSlack() });
  world.refusal = failure("network/unreachable", { reason: "ECONNREFUSED" });
  await audit();
  await until(clock, () => world.posts.length === 1);
  await until(clock, async () => (await states())[0]?.includes("waiting") ?? false);
  const waiting = await states();
  world.refusal = failure("network/timed-out");
  await clock.advance(HOUR_MS);
  await until(clock, async () => (await states())[0]?.includes("unknown") ?? false);
  await clock.advance(24 * HOUR_MS);
  const posts = world.posts.length;
  const [telling] = (await lab.insights.getTelling()).recent;
  if (!telling) throw new Error("there is one");
  world.refusal = failure("slack/channel-not-found");
  await lab.insights.retryTelling(telling);
  await until(clock, async () => (await states())[0]?.includes("failed") ?? false);

  expect({ waiting, posts, end: await states() }).toEqual({
    waiting: ["gaps slack waiting network/unreachable"],
    posts: 2,
    end: ["gaps slack failed slack/channel-not-found"],
  });
});

test("a permission that Slack refuses a message for is shown on the connection", async () => {
  await lab.insights.saveTelling({ settings: toSlack() });
  world.refusal = failure("slack/missing-scope", { needed: "chat:write" });
  await audit();
  await until(clock, () => lab.lacking.length > 0);
  await until(clock, async () => (await states())[0]?.includes("missing-scope") ?? false);
  expect(lab.lacking).toEqual([expect.stringMatching(/^slack:.* slack\/missing-scope$/u)]);
});

test("an e-mail carries the digest as plain text, its password from the keychain, and a test goes the same way", async () => {
  const mail = {
    ...DEFAULT_TELLING.mail,
    enabled: true,
    host: "127.0.0.1",
    port: smtp.port,
    security: "none" as const,
    user: "muster",
    from: "muster@bitsafe.test",
    to: "ops@bitsafe.test, ana@bitsafe.test",
  };
  const settings = { ...DEFAULT_TELLING, system: { enabled: false }, mail };
  const withoutPassword = await lab.insights.saveTelling({ settings });
  await lab.insights.saveTelling({ settings, mailPassword: "s3cret" });
  world.channels[0]!.name = "<b>acme</b>\r\nBcc: all@bitsafe.test bitsafe";
  const tested = await lab.insights.testTelling({ channel: "mail" });
  await audit();
  await until(clock, () => smtp.messages.length === 2);

  expect({
    withoutPassword: !withoutPassword.ok && withoutPassword.error.facts,
    tested,
    logins: smtp.logins,
    envelopes: smtp.messages.map(({ from, to }) => [from, to]),
    subjects: smtp.messages.map(({ headers }) => headers["subject"]),
    kinds: smtp.messages.map(({ headers }) => headers["content-type"]),
    text: smtp.messages[1]?.text,
  }).toEqual({
    withoutPassword: { channel: "mail", missing: ["password"] },
    tested: { ok: true, value: undefined },
    logins: ["muster s3cret", "muster s3cret"],
    envelopes: [
      ["muster@bitsafe.test", ["ops@bitsafe.test", "ana@bitsafe.test"]],
      ["muster@bitsafe.test", ["ops@bitsafe.test", "ana@bitsafe.test"]],
    ],
    subjects: ["Muster: A test message from Muster", "Muster: 1 gap in 1 group"],
    kinds: ["text/plain; charset=utf-8", "text/plain; charset=utf-8"],
    text: "Gaps (1; 1 open in all)\n• <b>acme</b> Bcc: all@bitsafe.test bitsafe: bob\n",
  });
});

test("a mail server that refuses the login or a recipient says so in the settings", async () => {
  const mail = {
    ...DEFAULT_TELLING.mail,
    enabled: true,
    host: "127.0.0.1",
    port: smtp.port,
    security: "none" as const,
  };
  const addresses = { from: "muster@bitsafe.test", to: "nobody@bitsafe.test" };
  const base = { ...DEFAULT_TELLING, system: { enabled: false } };
  await lab.insights.saveTelling({ settings: { ...base, mail: { ...mail, ...addresses } } });
  const recipient = await lab.insights.testTelling({ channel: "mail" });
  const wrong = { ...base, mail: { ...mail, ...addresses, user: "muster" } };
  await lab.insights.saveTelling({ settings: wrong, mailPassword: "wrong" });
  const login = await lab.insights.testTelling({ channel: "mail" });

  expect([recipient, login].map((end) => !end.ok && [end.error.code, end.error.message])).toEqual([
    ["mail/refused", expect.stringContaining("550 5.1.1 no such mailbox") as string],
    ["mail/login-refused", expect.stringContaining("535") as string],
  ]);
});

test("a notification that a process without a screen left is shown by the next one with a screen, once", async () => {
  const { store } = lab;
  await lab.stop();
  const options = { connections: [world.connection], teamAndRules: () => TEAM, clock, store };
  lab = await openInsightsLab({ ...options, notify: null });
  await audit();
  await until(clock, async () => (await lab.jobs.list()).every(({ state }) => state === "done"));
  const left = await states();
  await lab.stop();
  const shown: string[] = [];
  for (let window = 0; window < 2; window += 1) {
    lab = await openInsightsLab(options);
    await until(clock, async () => (await states())[0] === "gaps system sent -");
    shown.push(...lab.notifications.map(({ title }) => title));
    if (window === 0) await lab.stop();
  }

  expect({ left, shown }).toEqual({
    left: ["gaps system waiting -"],
    shown: ["Muster: 1 gap in 1 group"],
  });
});

test("a channel to tell is one that the account is in; a workspace that does not answer is said to", async () => {
  world.channels.push({ id: "C4", name: "ops", members: ["UOWNER"] });
  const ask = { connectionId: world.connection.connection.id, search: "", cursor: null, limit: 10 };
  world.closed = failure("network/unreachable");
  const closed = await lab.insights.listDestinations(ask);
  world.closed = null;
  const open = await lab.insights.listDestinations(ask);

  expect([closed, open]).toMatchObject([
    { ok: false, error: { code: "network/unreachable" } },
    { ok: true, value: { items: [{ target: "C4", name: "ops", isCustomers: false }], total: 1 } },
  ]);
});
