import type { BenchResult } from "#test/support/bench-result.ts";
import { runSchedule } from "#test/support/chaos/run-schedule.ts";

/** `MUSTER_CHAOS_RUNS` schedules, the first with the seed `MUSTER_CHAOS_FROM`. */
const RUNS = Number(process.env["MUSTER_CHAOS_RUNS"] ?? 200);
const FROM = Number(process.env["MUSTER_CHAOS_FROM"] ?? 1);

/** One in so many schedules kills a real process; the others die in this one, before one of their writes. */
const REAL_EVERY = 4;

/**
 * Random schedules of faults, deaths and other people's changes over adding, removing, renaming and undoing: what was
 * lost, doubled or wrong, each of which is to be none. What was found is written to standard error, with its seed.
 */
export async function run(): Promise<BenchResult[]> {
  const sums = { kills: 0, faults: 0, interferences: 0, steps: 0, changes: 0 };
  const found = { lost: 0, doubled: 0, wrong: 0, undecidable: 0, raced: 0 };
  const states = new Map<string, number>();
  const startedMs = performance.now();
  let real = 0;
  for (let seed = FROM; seed < FROM + RUNS; seed += 1) {
    const death = seed % REAL_EVERY === 0 ? "process" : "write";
    if (death === "process") real += 1;
    const told = await runSchedule(seed, death);
    for (const key of ["kills", "faults", "interferences", "steps", "changes"] as const)
      sums[key] += told[key];
    for (const key of ["lost", "doubled", "wrong", "undecidable", "raced"] as const) {
      found[key] += told[key].length;
      for (const line of told[key]) console.error(`seed ${seed} ${death} ${key}: ${line}`);
    }
    for (const state of told.states) states.set(state, (states.get(state) ?? 0) + 1);
    console.error(
      `seed ${seed} ${death} ${told.kind}: ${told.ends.join(", ")}; ${told.kills} kills, ${told.faults} faults`,
    );
  }
  for (const [state, count] of [...states].toSorted()) console.error(`${count} ${state}`);
  const name = `${RUNS} chaotic operations (${real} with real kills)`;
  return [
    ...Object.entries(found).map(([what, value]) => ({ name: `${name}: ${what}`, value, unit: "steps" })),
    ...Object.entries(sums).map(([what, value]) => ({ name: `${name}: ${what}`, value, unit: what })),
    { name: `${name}: time`, value: performance.now() - startedMs, unit: "ms" },
  ];
}
