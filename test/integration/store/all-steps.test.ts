import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deleteSteps, endUnfinished, setChosen, skipUnchosen } from "#main/store/queries/all-steps.ts";
import { countSteps } from "#main/store/queries/operation-steps.ts";
import type { Writer } from "#main/store/store.ts";
import { failure } from "#shared/domain/failure.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import { labConnection } from "#test/support/coverage-lab.ts";
import { draftStep, openMembershipLab, type MembershipLab } from "#test/support/membership-lab.ts";

/** More than two pieces, the last one not full. */
const STEPS = 4_500;

const CONNECTION = labConnection("T1", "UME");
let lab: MembershipLab;
let id: OperationId;

beforeEach(async () => {
  lab = await openMembershipLab({ connections: [] });
  const steps = Array.from({ length: STEPS }, (_, at) =>
    draftStep(CONNECTION, { action: "add", groupId: `C${at}`, userId: "U1" }),
  );
  id = await lab.plan("many", "add", steps);
  // Another one, of which nothing may change.
  await lab.plan("other", "add", steps.slice(0, 1));
});
afterEach(async () => {
  await lab.stop();
  await lab.store.close();
});

/** How many steps are in which state, as a reader has it now. */
async function states(of: OperationId = id): Promise<string> {
  const counts = await countSteps(lab.store.read, { id: of, confirmedAtMs: null });
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`)
    .join(", ");
}

/** Everything that a reader saw from before the change until after it, each once. */
async function seenDuring(change: (writer: Writer) => Promise<void>): Promise<string[]> {
  const seen = new Set([await states()]);
  let turns = 0;
  const over = new AbortController();
  const changed = lab.store.write(change).finally(() => over.abort());
  while (!over.signal.aborted) {
    seen.add(await states());
    turns++;
    await nextTurn();
  }
  await changed;
  seen.add(await states());
  expect(turns, "others had turns").toBeGreaterThan(2);
  return [...seen];
}

test("thousands of steps are changed as one: whoever reads meanwhile sees all of it or nothing", async () => {
  const outcome = failure("membership/outcome-unclear");
  const seen = [
    await seenDuring((writer) => setChosen(writer, id, { ordinals: null, search: "" }, false)),
    await seenDuring((writer) => skipUnchosen(writer, id)),
    await seenDuring((writer) => deleteSteps(writer, id)),
  ];
  id = await lab.plan(
    "again",
    "add",
    Array.from({ length: STEPS }, () =>
      draftStep(CONNECTION, { action: "add", groupId: "C1", userId: "U1" }),
    ),
  );
  seen.push(
    await seenDuring((writer) =>
      endUnfinished(writer, id, "planned", { state: "unclear", failure: outcome }),
    ),
  );

  expect({ seen, other: await states("other" as OperationId) }).toEqual({
    seen: [
      ["4500 planned", "4500 skipped"],
      ["4500 skipped"],
      ["4500 skipped", ""],
      ["4500 planned", "4500 unclear"],
    ],
    other: "1 planned",
  });
});

test("those that are named, in whatever order, are left out, then those that fit a search, and no others", async () => {
  const even = Array.from({ length: STEPS / 2 }, (_, at) => STEPS - 2 - 2 * at);
  await lab.store.write((writer) => setChosen(writer, id, { ordinals: even, search: "" }, false));
  const afterNaming = await states();
  await lab.store.write((writer) => setChosen(writer, id, { ordinals: null, search: "C449" }, false));
  const left = (await lab.rows(id)).filter(({ isChosen }) => isChosen).map(({ ordinal }) => ordinal);

  expect({ afterNaming, left }).toEqual({
    afterNaming: "2250 planned, 2250 skipped",
    left: Array.from({ length: STEPS }, (_, at) => at).filter(
      (at) => at % 2 === 1 && !`C${at}`.includes("C449"),
    ),
  });
});

test("what fails halfway has changed nothing", async () => {
  const failing = lab.store.write(async (writer) => {
    await setChosen(writer, id, { ordinals: null, search: "" }, false);
    await skipUnchosen(writer, id);
    throw new Error("halfway");
  });
  await expect(failing).rejects.toThrow("halfway");
  expect(await states()).toBe("4500 planned");
});
