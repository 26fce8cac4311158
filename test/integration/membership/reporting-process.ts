/** A process that runs one operation in a profile folder, to be killed while the files about it are being written. */
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import type { SandboxReady } from "#sandbox/start-sandbox.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { openMembershipLab } from "#test/support/membership-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";

const [folder = "", input = ""] = process.argv.slice(2);
const { ready, steps, operations } = JSON.parse(input) as {
  ready: SandboxReady;
  steps: DraftStep[];
  operations: string;
};
/** A disk that never answers. */
const stuck = () => {
  console.log("writing");
  return new Promise<never>(() => {});
};
const lab = await openMembershipLab({
  connections: [connectionTo({ ready })],
  store: await openTemporaryStore({ folder, clock: systemClock }),
  clock: systemClock,
  tables: { writeText: stuck, writeWorkbook: stuck },
  operationsFolder: operations,
});
const id = await lab.plan("op", "add", steps);
await lab.confirm(id);
