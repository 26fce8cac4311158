import { expect, test } from "vitest";
import { runSchedule } from "#test/support/chaos/run-schedule.ts";

/** The bench `operations-chaos` runs two hundred of these. One in six of a test's seeds kills real processes. */
const SEEDS = Array.from({ length: 12 }, (_, at) => 301 + at);

test.each(SEEDS)(
  "chaos of seed %i: nothing is lost, doubled or wrong, whatever fails, dies or interferes",
  async (seed) => {
    const { lost, doubled, wrong, steps } = await runSchedule(seed, seed % 6 === 0 ? "process" : "write");
    expect({ lost, doubled, wrong, hasSteps: steps > 0 }).toEqual({
      lost: [],
      doubled: [],
      wrong: [],
      hasSteps: true,
    });
  },
  60_000,
);
