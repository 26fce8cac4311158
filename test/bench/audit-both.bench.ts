import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import type { SingleRunReport } from "#main/features/coverage/index.ts";
import { compileGroupRules } from "#main/features/coverage/policy/group-rules.ts";
import { resolveRequirements } from "#main/features/coverage/policy/requirements.ts";
import { startSandbox, type Sandbox } from "#sandbox/start-sandbox.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { BenchResult } from "#test/support/bench-result.ts";
import { openCoverageLab, type LabConnection } from "#test/support/coverage-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { startSandboxChild } from "#test/support/sandbox-child.ts";
import { bothTeamsOf, connectTelegram, judge } from "#test/support/sandbox-telegram-audit.ts";

/** Slack and Telegram in one run: the reference case and 1,000 × 500, under limits and without. */
export async function run(): Promise<BenchResult[]> {
  return [
    // First, while no simulated world shares our memory and its collection.
    ...(await withoutLimits()),
    ...(await underLimits("reference case, 72 + 402 groups", "reference", 1)),
    ...(await underLimits("1,000 + 1,000 groups × 500 members", "huge", 0.25)),
  ];
}

/** Every window of every limit is `scale` of the real one; times are told as if it were not. */
async function underLimits(name: string, world: string, scale: number): Promise<BenchResult[]> {
  const sandbox = await startSandbox({ world, rateTimeScale: scale });
  const teamAndRules = bothTeamsOf(sandbox);
  const needed = floorOf(sandbox, teamAndRules);
  const telegram = await connectTelegram(sandbox.ready, { windowScale: scale });
  const signedInCalls = telegram.session.usage().calls;
  const slack = connectionTo(sandbox, { limitWindowMs: 60_000 * scale });
  const { report, elapsedMs } = await audit([slack, telegram], teamAndRules, (made) =>
    check(judge(sandbox, made, teamAndRules)),
  );
  const telegramCalls = telegram.session.usage().calls - signedInCalls;
  await telegram.session.close();
  await sandbox.close();
  return [
    {
      name: `${name}: Telegram calls`,
      value: telegramCalls,
      unit: "calls",
      floor: needed.calls,
      against: "fewest that prove as much",
    },
    {
      name: `${name}: time under limits${scale === 1 ? "" : ` (windows of ${scale}, told in full)`}`,
      value: elapsedMs / scale / 1_000,
      unit: "s",
      floor: needed.windowsMs / 1_000,
      against: "what the limits allow the best strategy",
      aim: 1.1,
    },
    { name: `${name}: results`, value: report.results.length, unit: "cells" },
  ];
}

async function withoutLimits(): Promise<BenchResult[]> {
  const local = await startSandbox({ world: "huge", limits: false });
  const teamAndRules = bothTeamsOf(local);
  await local.close();
  const sandbox = await startSandboxChild({ world: "huge", limits: false });
  const telegram = await connectTelegram(sandbox.ready);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const cpuBefore = process.cpuUsage();
  delay.enable();
  let cpu = cpuBefore;
  let peakMb = 0;
  const sampling = setInterval(() => {
    peakMb = Math.max(peakMb, process.memoryUsage().rss / 2 ** 20);
  }, 50);
  const { elapsedMs } = await audit([telegram], teamAndRules, ({ run: { state, unknown, present } }) => {
    delay.disable();
    cpu = process.cpuUsage(cpuBefore);
    clearInterval(sampling);
    // Whether every cell is right is looked at above; here the truth would take up the memory that is measured.
    if (state !== "completed" || unknown * 20 > present) throw new Error(`${state}, ${unknown} unknown`);
  });
  await telegram.session.close();
  await sandbox.close();
  const name = "1,000 Telegram groups × 500 members, limits off, inverse";
  return [
    { name: `${name}: wall time`, value: elapsedMs, unit: "ms" },
    { name: `${name}: own processing time`, value: (cpu.user + cpu.system) / 1_000, unit: "ms" },
    { name: `${name}: peak memory`, value: peakMb, unit: "MB" },
    { name: `${name}: longest main-thread stall`, value: delay.max / 1e6, unit: "ms", aim: 50 },
  ];
}

async function audit(
  connections: readonly LabConnection[],
  teamAndRules: TeamAndRules,
  verify: (report: SingleRunReport) => void,
): Promise<{ report: SingleRunReport; elapsedMs: number }> {
  const lab = await openCoverageLab({ connections, teamAndRules: () => teamAndRules });
  const startedMs = performance.now();
  const started = await lab.coverage.start({ connectionIds: [], strategy: "inverse" }, "command-line");
  if (!started.ok) throw new Error(started.error.code);
  const run = await lab.coverage.waitForEnd(started.value.runId);
  const elapsedMs = performance.now() - startedMs;
  const report = await lab.coverage.getReport(run.id);
  if (!report.ok) throw new Error(report.error.code);
  verify(report.value);
  await lab.stop();
  await lab.store.close();
  return { report: report.value, elapsedMs };
}

/** A fast audit that is wrong is worth nothing. */
function check({ wrong, unjustified }: { wrong: readonly string[]; unjustified: readonly string[] }): void {
  const [first] = [...wrong, ...unjustified];
  if (first !== undefined)
    throw new Error(`${wrong.length} wrong, ${unjustified.length} unjustified: ${first}`);
}

const PAGE = 100;
const WINDOW_MS = 30_000;
const CALLS_A_WINDOW = 30;
const PEOPLE_A_WINDOW = 60;

const MEMBERS_A_PAGE = 200;

/**
 * From the truth: the fewest calls that prove as much as can be proven, and the least time in which the limits (30 calls
 * of a kind in 30 s, 60 about single people) allow it. That takes more calls: two people may be asked about in the place
 * of a description, and so may an admin's member list be read, page by page. Descriptions can be read while people's
 * groups are still being listed; what else is asked follows from all the listings.
 */
function floorOf(sandbox: Sandbox, { team, rules }: TeamAndRules): { calls: number; windowsMs: number } {
  const truth = sandbox.control.truth();
  const compiled = compileGroupRules(rules);
  const owner = String(sandbox.ready.telegram.accounts[0]?.userId);
  const accounts = new Map(
    truth.people.flatMap(({ id, telegramUserId }) =>
      telegramUserId === null ? [] : [[id, String(telegramUserId)] as const],
    ),
  );
  let listed = 0;
  const proofs: Proofs = { one: 0, two: 0, more: 0, hidden: 0, lists: [] };
  const asked = new Set<string>();
  const shared = new Map<string, number>();
  for (const group of truth.groups) {
    if (group.platform !== "telegram" || !group.visibleToAccount) continue;
    listed += 1;
    const members = new Set(group.memberIds);
    const isAdmin = group.own.role === "owner" || group.own.role === "admin";
    const isShown = !group.hiddenMembers || isAdmin;
    if (group.kind !== "channel" && isShown)
      for (const account of members) shared.set(account, (shared.get(account) ?? 0) + 1);
    const named = { platform: "telegram" as const, groupId: group.id, name: group.name };
    if (group.kind === "channel" || !compiled.isCustomerGroup(named)) continue;
    const wanted = [...resolveRequirements(compiled.findCategory(named), team).keys()]
      .flatMap((personId) => accounts.get(personId) ?? [])
      .filter((account) => account !== owner);
    for (const account of wanted) asked.add(account);
    const open = wanted.filter((account) => !isShown || !members.has(account)).length;
    if (group.kind === "basic" || open === 0) continue;
    if (open === 1) proofs.one += 1;
    else if (open === 2) proofs.two += 1;
    else proofs.more += 1;
    if (!isShown) proofs.hidden += 1;
    if (open > 1 && isAdmin) proofs.lists.push(Math.ceil(members.size / MEMBERS_A_PAGE));
  }
  const common = [...asked].reduce(
    (sum, account) => sum + Math.max(1, Math.ceil((shared.get(account) ?? 0) / PAGE)),
    0,
  );
  const proving = proofs.one + proofs.two + proofs.more + proofs.hidden * 2;
  const calls = Math.ceil(listed / PAGE) + 1 + common + proving;
  const listing = Math.floor((common - 1) / CALLS_A_WINDOW);
  let windows = 0;
  while (!fits(proofs, listing, windows)) windows += 1;
  return { calls, windowsMs: (listing + windows) * WINDOW_MS };
}

/** Groups by how many people are open in them, and the pages of each list that an admin may read in place of more. */
interface Proofs {
  one: number;
  two: number;
  more: number;
  /** Besides: one person is asked about, which is refused, and then the page of admins is read, who are shown. */
  hidden: number;
  readonly lists: number[];
}

/** Whether the proofs can be made when so many windows have passed, first for the listings, then for themselves. */
function fits(proofs: Proofs, listing: number, proving: number): boolean {
  const windows = proving + 1;
  const people = PEOPLE_A_WINDOW * windows - proofs.one - proofs.hidden;
  if (people < 0) return false;
  const asked = Math.min(proofs.two, Math.floor(people / 2));
  let pages = CALLS_A_WINDOW * windows - proofs.hidden;
  let read = 0;
  for (const count of proofs.lists.toSorted((one, other) => one - other)) {
    pages -= count;
    if (pages >= 0) read += 1;
  }
  const described = CALLS_A_WINDOW * (listing + windows);
  return proofs.two + proofs.more <= described + asked + read;
}
