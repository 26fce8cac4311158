/** A process that works through a job until it is killed: opens the profile, starts the jobs, says how it goes. */
import { setTimeout as sleep } from "node:timers/promises";
import { createActivity } from "#main/features/activity/index.ts";
import { createJobRunner } from "#main/jobs/index.ts";
import { openStore } from "#main/store/index.ts";
import { silentLog } from "#shared/lib/log.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { migrationsFolder } from "#test/support/temporary-store.ts";
import { listingKind, waitingKind } from "./kinds.ts";

const [folder = "", which] = process.argv.slice(2);
const clock = systemClock;
const { store } = await openStore({
  folder,
  migrationsFolder,
  clock,
  log: silentLog,
  backupsKept: async () => 3,
});
const activity = createActivity({ store, clock, actor: "test", announce: () => {} });
const runner = createJobRunner({ store, clock, log: silentLog, announce: () => {} });

let steps = 0;
const listing = listingKind(activity, async () => {
  steps += 1;
  console.log(`step ${steps}.`);
  await sleep(Math.random() * 5);
});
const waiting = waitingKind((untilMs) => sleep(untilMs - clock.nowMs()));
runner.register(listing);
runner.register(waiting);
await runner.start();

let [job] = await runner.list();
if (!job) {
  const kind = which === "listing" ? listing : waiting;
  const id = await store.write((writer) => runner.enqueue(writer, { kind, title: which ?? "", payload: "" }));
  job = (await runner.find(id)) ?? undefined;
}
runner.watch(({ state }) => console.log(state));
if (job) console.log(`ended ${(await runner.settled(job.id)).state}`);
await runner.stop();
await store.close();
