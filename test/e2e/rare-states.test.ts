import { expect, test } from "@playwright/test";
import type { Scenario } from "#test/harness/scenario.ts";
import { type HarnessWindow, openHarness } from "#test/support/e2e/harness-window.ts";
import { look } from "#test/support/e2e/look.ts";

let harness: HarnessWindow;

/** States that are rare in life: the built renderer on an imagined main process, see test/harness. */
const STATES: readonly [scenario: Scenario, path: string, says: string | RegExp][] = [
  ["error", "/overview", "store/read-only"],
  ["error", "/coverage", "store/read-only"],
  ["error", "/runs", "store/read-only"],
  ["error", "/activity", "store/read-only"],
  ["slow", "/overview", /./],
  ["slow", "/coverage", /./],
  ["slow", "/team", /./],
  ["no-runs", "/overview", "Start audit"],
  ["no-runs", "/coverage", "No results yet"],
  ["no-runs", "/runs", "No run yet"],
  ["partial", "/coverage", "This run is not complete."],
  ["partial", "/runs", "Partial"],
  ["failed", "/runs", "Failed"],
  ["offline", "/connections", "Unreachable"],
  ["waiting", "/overview", "Audit waiting"],
  ["paused", "/coverage", "Audit paused."],
  ["notices", "/overview", /./],
  ["lost", "/overview", "The connection to Muster's main process was lost."],
  ["error", "/operations", "store/read-only"],
  ["error", "/operations/new", "store/read-only"],
  ["slow", "/operations", /./],
  ["no-runs", "/operations", "No operation yet"],
  ["no-runs", "/operations/new", "No audit has results yet."],
  ["offline", "/operations/new", "Offline"],
  ["lost", "/operations/op-running", "The connection to Muster's main process was lost."],
  ["normal", "/operations/op-planning", "Nothing is changed before you have seen the plan."],
  ["normal", "/operations/op-remove", "Ana on Telegram (Telegram) could not be asked how things are now."],
  ["normal", "/operations/op-running", "Running: Adding people"],
  ["normal", "/operations/op-waiting", "At most 10 renames in 15 minutes"],
  ["normal", "/operations/op-paused", "Add channels:write.invites"],
  ["normal", "/operations/op-signed-out", "Sign in again"],
  ["normal", "/operations/op-old", "This plan is more than a day old."],
  ["normal", "/operations/op-approval", "It waits for a second person's approval."],
  ["normal", "/operations/op-partial", "Plan the rest"],
  ["normal", "/operations/op-undo", "This takes an earlier operation back."],
  ["normal", "/operations/op-cancelled", "Cancelled"],
  ["normal", "/operations/op-failed", "store/disk-full"],
  ["huge", "/operations/op-plan", "All 12,000"],
  ["normal", "/offboarding/offboarding-1", "Next: take them out of 9 groups."],
  ["error", "/offboarding", "store/read-only"],
  ["slow", "/offboarding", /./],
  ["no-runs", "/find", "Our rights in every group"],
  ["error", "/find", "store/read-only"],
  ["no-keychain", "/", "Until then Muster refuses to sign in"],
];

test.beforeAll(async () => {
  harness = await openHarness();
});
test.afterAll(() => harness?.close());

for (const [scenario, path, says] of STATES) {
  test(`${scenario} on ${path} is a designed state without an axe violation`, async () => {
    const { page } = harness;
    await harness.show(scenario, path);
    await expect(page.locator("body")).toContainText(says);
    await look(page, `rare-${scenario}${path.replaceAll("/", "-").replace(/-$/, "-first-run")}`);
  });
}
