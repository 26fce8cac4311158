import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "#main/store/index.ts";
import { listSteps, type OperationStepRow } from "#main/store/queries/operation-steps.ts";
import { findRequest, listOperations } from "#main/store/queries/operations.ts";
import { startSandbox, type Sandbox } from "#sandbox/start-sandbox.ts";
import { createRandom, type Random } from "#sandbox/world/random.ts";
import type { OperationRequest } from "#shared/domain/operation.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { Clock } from "#shared/lib/time.ts";
import { startChild } from "#test/support/child.ts";
import { createHastyClock } from "#test/support/membership-lab.ts";
import { bothTeamsOf } from "#test/support/sandbox-telegram-audit.ts";
import { signInTo } from "#test/support/telegram-sign-in.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { beginLife, type LifeInput } from "./chaos-life.ts";
import { drawRequest, interfere, scriptFaults, writeChaosWorld } from "./chaos-world.ts";
import { judgeTurn, type Judgement } from "./judge-turn.ts";
import { keepJournal, type WorldJournal } from "./world-journal.ts";

/** How a process dies: by kill −9 of a real one, or in this one, before one of its writes. */
export type Death = "process" | "write";

export interface ScheduleResult extends Judgement {
  readonly seed: number;
  readonly kind: string;
  readonly ends: readonly string[];
  readonly kills: number;
  readonly faults: number;
  readonly interferences: number;
}

/** A pause that no repair ends would go on for ever. */
const MOST_LIVES = 25;

/** What is still on its way to the platform when a process dies arrives within this. */
const LAST_REQUESTS_MS = 40;

/**
 * One schedule, the same for the same seed but for the order in which answers arrive: a world, an operation over both
 * platforms and its undo, each with faults, deaths and other people's changes, judged against what really happened.
 */
export async function runSchedule(seed: number, death: Death): Promise<ScheduleResult> {
  const random = createRandom(seed, "chaos");
  const world = writeChaosWorld(random);
  const sandbox = await startSandbox({ world, limits: false });
  const profile: Profile = {
    sandbox,
    folder: makeTemporaryFolder(),
    death,
    secret: (await signInTo(sandbox.ready)).secret,
    kills: 0,
    interferences: 0,
  };
  const request = drawRequest(random, sandbox);
  await auditFirst(profile);
  const problems: string[] = [];
  const ends: string[] = [];
  const judgements: Judgement[] = [];
  let faults = 0;
  let did: Parameters<typeof judgeTurn>[0]["undoes"] = null;
  for (const [turn, name] of ["operation", "undo"].entries()) {
    const wanted = turn === 0 ? request : await undoOf(profile);
    if (wanted === null) break;
    const isDisturbed = random.chance(0.4);
    // The last third of the undos is left in peace: what they restore is told by the world alone.
    if (turn === 0 || random.chance(0.6)) scriptFaults(random, sandbox);
    faults += sandbox.control.listFaults().length;
    const told = await liveTurn(profile, { random, turn, request: wanted, isDisturbed });
    ends.push(`${name} ${told.end}`);
    problems.push(...told.problems.map((problem) => `${name}: ${problem}`));
    const judged = judgeTurn({ ...told, name, undoes: did });
    did = {
      changed: told.journal.entries.filter(({ by }) => by === "us"),
      undecidable: judged.undecidable,
      raced: judged.raced,
    };
    judgements.push(judged);
  }
  await sandbox.close();
  return {
    seed,
    kind: request.kind,
    ends,
    kills: profile.kills,
    faults,
    interferences: profile.interferences,
    steps: judgements.reduce((sum, { steps }) => sum + steps, 0),
    changes: judgements.reduce((sum, { changes }) => sum + changes, 0),
    lost: judgements.flatMap(({ lost }) => lost),
    doubled: judgements.flatMap(({ doubled }) => doubled),
    wrong: [...problems, ...judgements.flatMap(({ wrong }) => wrong)],
    undecidable: judgements.flatMap(({ undecidable }) => undecidable),
    raced: judgements.flatMap(({ raced }) => raced),
    states: judgements.flatMap(({ states }) => states),
  };
}

interface Profile {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly death: Death;
  secret: string;
  kills: number;
  interferences: number;
}

interface Turn {
  readonly random: Random;
  readonly turn: number;
  readonly request: OperationRequest;
  readonly isDisturbed: boolean;
}

export interface TurnTold {
  readonly end: string;
  readonly problems: readonly string[];
  readonly rows: readonly OperationStepRow[];
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly journal: WorldJournal;
  /** What the world says that makes a refusal right. */
  readonly sandbox: Sandbox;
}

/** Lives of one operation, one after the other, until it has ended. */
async function liveTurn(profile: Profile, { random, turn, request, isDisturbed }: Turn): Promise<TurnTold> {
  const { sandbox, death } = profile;
  let onCall = (_calls: number): void => {};
  const journal = keepJournal(sandbox, (calls) => onCall(calls));
  const before = journal.snapshot();
  const disturbances = isDisturbed ? Array.from({ length: 1 + random.int(3) }, () => random.int(60)) : [];
  let deaths = random.int(4);
  const problems: string[] = [];
  let end = "";
  for (let life = 0; ; life += 1) {
    if (life === MOST_LIVES) {
      problems.push(`no end after ${life} lives: ${end}`);
      break;
    }
    const input: LifeInput = {
      ready: sandbox.ready,
      teamAndRules: bothTeamsOf(sandbox),
      secret: profile.secret,
      request,
      turn,
    };
    const diesAt = deaths > 0 ? 1 + random.int(death === "process" ? 30 : 40) : null;
    deaths -= 1;
    const disturb = (calls: number) => {
      for (const at of disturbances.filter((due) => due <= calls)) {
        disturbances.splice(disturbances.indexOf(at), 1);
        profile.interferences += 1;
        journal.asOthers(() => interfere(random, sandbox));
      }
    };
    const said =
      death === "process"
        ? await liveAsProcess(profile, input, diesAt === null ? null : journal.calls + diesAt, (check) => {
            onCall = (calls) => {
              disturb(calls);
              check(calls);
            };
          })
        : await liveHere(profile, input, diesAt, () => {
            onCall = disturb;
          });
    onCall = () => {};
    if (said === null) {
      profile.kills += 1;
      await sleep(LAST_REQUESTS_MS);
      continue;
    }
    end = said;
    if (!said.startsWith("paused") && !said.startsWith("failed")) break;
    await repair(profile);
    await resume(profile, turn);
  }
  sandbox.control.clearFaults();
  journal.asOthers(() => {});
  const { rows, actual } = await readTurn(profile, turn);
  if (actual === "running" || actual === "waiting" || actual === "planning")
    problems.push(`left ${actual}, though it said ${end}`);
  journal.close();
  return { end, problems, rows, before, after: journal.snapshot(), journal, sandbox };
}

async function withStore<Value>({ folder }: Profile, work: (store: Store) => Promise<Value>): Promise<Value> {
  const store = await openTemporaryStore({ folder, clock: systemClock });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function auditFirst(profile: Profile): Promise<void> {
  const { sandbox, secret } = profile;
  await withStore(profile, async (store) => {
    const input = {
      ready: sandbox.ready,
      teamAndRules: bothTeamsOf(sandbox),
      secret,
      request: { kind: "undo", operationId: "none" } as unknown as OperationRequest,
      turn: 0,
    };
    const life = await beginLife(input, store, systemClock);
    await life.lab.audit();
    await life.close();
  });
}

/** Null when there is nothing to take back. */
async function undoOf(profile: Profile): Promise<OperationRequest | null> {
  return withStore(profile, async (store) => {
    const [row] = await listOperations(store.read, { before: null, limit: 1 });
    if (!row) return null;
    const filter = { operationId: row.id, states: ["done" as const], search: "" };
    const done = await listSteps(store.read, filter, { after: null, limit: 1 });
    return done.length === 0 ? null : { kind: "undo", operationId: row.id };
  });
}

async function readTurn(
  profile: Profile,
  turn: number,
): Promise<{ rows: OperationStepRow[]; actual: string }> {
  return withStore(profile, async (store) => {
    const row = (await listOperations(store.read, { before: null, limit: 100 })).toReversed()[turn];
    if (!row) return { rows: [], actual: "missing" };
    const filter = { operationId: row.id, states: [], search: "" };
    return {
      rows: await listSteps(store.read, filter, { after: null, limit: 100_000 }),
      actual: row.state,
    };
  });
}

/** What the operator does about a pause: gives the token back what it lacks, signs in again. */
async function repair(profile: Profile): Promise<void> {
  const { control, ready } = profile.sandbox;
  const add = ["channels:write", "groups:write", "channels:manage", "groups:manage"];
  control.changeToken({ label: "full", add, state: "live" });
  profile.secret = (await signInTo(ready)).secret;
}

/** In a process of its own, which does nothing else. */
async function resume(profile: Profile, turn: number): Promise<void> {
  const { sandbox, secret } = profile;
  await withStore(profile, async (store) => {
    const row = (await listOperations(store.read, { before: null, limit: 100 })).toReversed()[turn];
    const request = row && (await findRequest(store.read, row.id));
    if (!row || !request) return;
    const input = {
      ready: sandbox.ready,
      teamAndRules: bothTeamsOf(sandbox),
      secret,
      request,
      turn,
    };
    const life = await beginLife(input, store, createHastyClock(1_000));
    await life.lab.membership.resume({ operationId: row.id });
    await life.live();
    await life.close();
  });
}

/** A child process, killed with SIGKILL as the call `diesAt` has had its effect; null when it was. */
async function liveAsProcess(
  { folder }: Profile,
  input: LifeInput,
  diesAt: number | null,
  watch: (check: (calls: number) => void) => void,
): Promise<string | null> {
  const file = path.join(makeTemporaryFolder(), "input.json");
  writeFileSync(file, JSON.stringify(input));
  const child = startChild("test/support/chaos/chaos-process.ts", folder, file);
  let wasKilled = false;
  watch((calls) => {
    if (diesAt === null || calls < diesAt || wasKilled) return;
    wasKilled = true;
    child.process.kill("SIGKILL");
  });
  try {
    const said = await child.said("ended");
    await child.ended();
    return said;
  } catch (error) {
    if (!wasKilled) throw error;
    return null;
  }
}

/** A life in this process that writes, and begins, nothing any more after its `diesAt`th write; null when it came to that. */
async function liveHere(
  profile: Profile,
  input: LifeInput,
  diesAt: number | null,
  watch: () => void,
): Promise<string | null> {
  const store = await openTemporaryStore({ folder: profile.folder, clock: systemClock });
  const died = Promise.withResolvers<null>();
  let writes = 0;
  const never = () => new Promise<never>(() => {});
  const hasDied = () => diesAt !== null && writes > diesAt;
  const mortal: Store = {
    ...store,
    write: async (action) => {
      writes += 1;
      if (!hasDied()) return store.write(action);
      died.resolve(null);
      return never();
    },
  };
  const hasty = createHastyClock(1_000);
  const clock: Clock = {
    ...hasty,
    sleep: (delayMs, signal) => (hasDied() ? never() : hasty.sleep(delayMs, signal)),
  };
  watch();
  const life = await beginLife(input, mortal, clock);
  const said = await Promise.race([died.promise, life.live()]);
  if (said === null) await sleep(LAST_REQUESTS_MS);
  else await life.close();
  await store.close();
  return said;
}
