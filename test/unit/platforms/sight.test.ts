import { expect, test } from "vitest";
import type { Permit } from "#shared/lib/governor.ts";
import { NotSent } from "#shared/lib/not-sent.ts";
import { Sight } from "#shared/lib/sight.ts";
import { createManualClock, type ManualClock } from "#test/support/manual-clock.ts";

interface Look {
  readonly clock: ManualClock;
  /** `looks` and what became of the permit: "goes" or why not. */
  confirm(): Promise<string>;
}

function look(lookAgain: () => Promise<boolean>): Look {
  const clock = createManualClock();
  let looks = 0;
  const sight = new Sight(clock, () => {
    looks += 1;
    return lookAgain();
  });
  const said: string[] = [];
  const permit: Permit = {
    answered: () => said.push("answered"),
    unanswered: () => said.push("unanswered"),
    unused: () => said.push("unused"),
    slowDown: () => said.push("slow-down"),
  };
  return {
    clock,
    async confirm() {
      const end = await sight.confirm(permit).then(
        () => "goes",
        (error: unknown) => (error instanceof NotSent ? String(error.cause) : "another error"),
      );
      return [looks, end, ...said.splice(0)].join(" ");
    },
  };
}

test("a change whose turn comes at once goes on what was seen", async () => {
  const { clock, confirm } = look(() => Promise.resolve(false));
  await clock.advance(900);
  expect(await confirm()).toBe("0 goes");
});

test("each wait for a turn is followed by a look of its own", async () => {
  const { clock, confirm } = look(() => Promise.resolve(true));
  const told: string[] = [];
  for (const waitMs of [2_000, 500, 30_000]) {
    await clock.advance(waitMs);
    told.push(await confirm());
  }
  expect(told).toEqual(["1 goes", "1 goes", "2 goes"]);
});

test("a lid that was closed meanwhile counts as a wait", async () => {
  const { clock, confirm } = look(() => Promise.resolve(true));
  clock.suspend(60_000);
  expect(await confirm()).toBe("1 goes");
});

test("what has changed, or cannot be seen, gives the turn back unused", async () => {
  const changed = look(() => Promise.resolve(false));
  const unseen = look(() => Promise.reject(new Error("offline")));
  await changed.clock.advance(2_000);
  await unseen.clock.advance(2_000);
  expect([await changed.confirm(), await unseen.confirm()]).toEqual([
    "1 Error: what it rests on has changed unused",
    "1 Error: offline unused",
  ]);
});
