/** A process that audits and tells, over a Slack that takes the post and never answers: to be killed there. */
import { DEFAULT_TELLING } from "#shared/domain/telling.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { openInsightsLab } from "#test/support/insights-lab.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { createWorld, TEAM } from "./world.ts";

const [folder = ""] = process.argv.slice(2);
const clock = systemClock;
const world = createWorld(() => console.log("posting now"));
world.refusal = "hang";
const store = await openTemporaryStore({ folder, clock });
const lab = await openInsightsLab({
  connections: [world.connection],
  teamAndRules: () => TEAM,
  clock,
  store,
});
const connectionId = world.connection.connection.id;
await lab.insights.saveTelling({
  settings: {
    ...DEFAULT_TELLING,
    system: { enabled: false },
    slack: { enabled: true, connectionId, target: "C1" },
  },
});
await lab.coverage.start({ connectionIds: [], strategy: "inverse" }, "console");
setInterval(() => {}, 1_000);
