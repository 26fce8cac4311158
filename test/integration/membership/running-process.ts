/** A process that runs one operation against a sandbox in a profile folder, to be killed: takes up what the one before it left. */
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import { findOperation } from "#main/store/queries/operations.ts";
import type { SandboxReady } from "#sandbox/start-sandbox.ts";
import { OperationId, type OperationKind } from "#shared/domain/operation.ts";
import { openMembershipLab } from "#test/support/membership-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { connectTelegram } from "#test/support/sandbox-telegram-audit.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { meetEverybody } from "./engine-telegram.ts";

const [folder = "", input = ""] = process.argv.slice(2);
const { ready, kind, steps } = JSON.parse(input) as {
  ready: SandboxReady;
  kind: OperationKind;
  steps: DraftStep[];
};
const isTelegram = steps.some(({ platform }) => platform === "telegram");
const telegram = isTelegram ? await connectTelegram(ready) : null;
if (telegram) await meetEverybody(telegram.session);
const store = await openTemporaryStore({ folder, clock: systemClock });
const lab = await openMembershipLab({
  connections: [connectionTo({ ready }), ...(telegram ? [telegram] : [])],
  store,
  clock: systemClock,
});
const id = OperationId.parse("op");
if ((await findOperation(store.read, id)) === null) {
  await lab.plan(id, kind, steps);
  await lab.confirm(id);
}
console.log("running");
await lab.settled(id);
console.log(`ended ${JSON.stringify({ state: await lab.state(id), outcomes: await lab.outcomes(id) })}`);
await lab.stop();
await store.close();
await telegram?.session.close();
