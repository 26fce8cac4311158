import {
  openTelegramSession,
  type TelegramGroup,
  type TelegramPage,
} from "#main/platforms/telegram/index.ts";
import { startSandbox } from "#sandbox/start-sandbox.ts";
import { silentLog } from "#shared/lib/log.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { BenchResult } from "#test/support/bench-result.ts";
import { startChild } from "#test/support/child.ts";
import { startSandboxChild } from "#test/support/sandbox-child.ts";
import { signInTo, valueOf, type SignedIn } from "#test/support/telegram-sign-in.ts";
import type { ReadingCost } from "./telegram-read/reader.ts";

/** Each way is read so often, in turns, and the fastest counts: the machine is shared. */
const ROUNDS = 2;

/** How much shorter than Telegram's the windows of the limited sandbox are. */
const TIME_SCALE = 0.1;

/** What a sandbox allows of a reading method (budgets.ts): thirty calls in half a minute. */
const CALLS_A_WINDOW = 30;
const WINDOW_MS = 30_000 * TIME_SCALE;

export async function run(): Promise<BenchResult[]> {
  return [...(await measureReading()), ...(await measurePace())];
}

/** As many member lists and descriptions as limits decide over: the time they allow, and how often we are told off. */
async function measurePace(): Promise<BenchResult[]> {
  const sandbox = await startSandbox({ world: "reference", rateTimeScale: TIME_SCALE });
  const signedIn = await signInTo(sandbox.ready);
  const session = valueOf(
    await openTelegramSession({
      ...signedIn,
      clock: systemClock,
      log: silentLog,
      pacing: { windowScale: TIME_SCALE },
    }),
  );
  const { signal } = new AbortController();
  const groups: TelegramGroup[] = [];
  for (let cursor: string | null = null; ;) {
    const page: TelegramPage<TelegramGroup> = valueOf(await session.fetchGroups({ cursor, signal }));
    groups.push(...page.items.filter(({ kind }) => kind === "supergroup"));
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  const chosen = groups.slice(0, 130);
  const startMs = performance.now();
  await Promise.all([
    Promise.all(chosen.map(async (group) => valueOf(await session.fetchGroupFacts({ group, signal })))),
    Promise.all(
      chosen.map(async (group) => valueOf(await session.fetchMembers({ group, cursor: null, signal }))),
    ),
  ]);
  const elapsedMs = performance.now() - startMs;
  const refused = sandbox.control.calls().calls.filter(({ error }) => error?.startsWith("FLOOD_WAIT")).length;
  await session.close();
  await sandbox.close();
  const name = `Telegram, 2 × ${chosen.length} calls under enforced limits (1/10 time)`;
  return [
    {
      name: `${name}: wall time`,
      value: elapsedMs,
      unit: "ms",
      floor: Math.floor((chosen.length - 1) / CALLS_A_WINDOW) * WINDOW_MS,
      against: "what the limits allow",
      aim: 1.1,
    },
    { name: `${name}: flood waits`, value: refused, unit: "times", aim: 0 },
  ];
}

/**
 * Reading the member lists of 1,000 groups × 500 people without limits: through our door, and with unmodified gramjs
 * that does nothing with what it reads. The sandbox and each reader are processes of their own.
 */
async function measureReading(): Promise<BenchResult[]> {
  const sandbox = await startSandboxChild({ world: "huge", limits: false });
  const signedIn = await signInTo(sandbox.ready);
  const ours: ReadingCost[] = [];
  const theirs: ReadingCost[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await readIn("read-through-our-door.ts", signedIn));
    theirs.push(await readIn("read-with-gramjs.ts", signedIn));
  }
  await sandbox.close();
  const [our, their] = [fastest(ours), fastest(theirs)];
  if (our.pages !== their.pages || our.members !== their.members) {
    throw new Error(`not the same pages: ${JSON.stringify({ our, their })}`);
  }
  const name = `Telegram, ${our.pages} pages of members (${our.members} people)`;
  return [
    {
      name: `${name}: wall time`,
      value: our.elapsedMs,
      unit: "ms",
      floor: their.elapsedMs,
      against: "unmodified gramjs",
      aim: 1.2,
    },
    {
      name: `${name}: peak memory`,
      value: our.peakRssMb,
      unit: "MB",
      floor: our.earlyRssMb,
      against: "after the first tenth",
    },
    { name: `${name}: peak memory, gramjs`, value: their.peakRssMb, unit: "MB" },
    {
      name: `${name}: longest stall`,
      value: our.longestStallMs,
      unit: "ms",
      floor: 50,
      against: "50 ms",
      aim: 1,
    },
    { name: `${name}: longest stall, gramjs`, value: their.longestStallMs, unit: "ms" },
  ];
}

async function readIn(file: string, signedIn: SignedIn): Promise<ReadingCost> {
  const child = startChild(`test/bench/telegram-read/${file}`, JSON.stringify(signedIn));
  return JSON.parse(await child.said("cost")) as ReadingCost;
}

function fastest(costs: readonly ReadingCost[]): ReadingCost {
  return costs.reduce((best, cost) => (cost.elapsedMs < best.elapsedMs ? cost : best));
}
