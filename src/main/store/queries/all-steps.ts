import { setImmediate as nextTurn } from "node:timers/promises";
import { and, between, eq, max, ne, type SQL, sql } from "drizzle-orm";
import type { OperationId } from "#shared/domain/operation.ts";
import { operationSteps } from "../schema/membership.ts";
import type { Reader, Writer } from "../store.ts";
import { filteredSteps, type OperationStepChange } from "./operation-steps.ts";

// Changes of every step of an operation, tens of thousands of them. One statement would hold the main thread for some
// 100 ms, so each goes through the steps in pieces and lets others have a turn in between. All of it happens in the
// caller's transaction: nobody sees a part of it, and no other write comes in between. There is a turn after the last piece
// too, because what follows is a commit, which takes its time.

/** Steps that one statement goes through: some 5 ms of them. */
const STEPS_A_PIECE = 2_000;

/** Leaves planned steps in or out: those named, or all that fit the search. */
export async function setChosen(
  db: Writer,
  operationId: OperationId,
  which: { readonly ordinals: readonly number[] | null; readonly search: string },
  isChosen: boolean,
): Promise<void> {
  const { ordinals, search } = which;
  const changing = and(
    filteredSteps({ operationId, states: ["planned"], search }),
    // What is so already is not written again.
    ne(operationSteps.isChosen, isChosen),
  );
  const pieces = ordinals === null ? piecesOf(db, operationId) : piecesOfList(ordinals);
  for await (const piece of pieces)
    await db.update(operationSteps).set({ isChosen }).where(and(changing, piece));
}

/** What was left out becomes `skipped` for good. */
export async function skipUnchosen(db: Writer, operationId: OperationId): Promise<void> {
  for await (const piece of piecesOf(db, operationId))
    await db
      .update(operationSteps)
      .set({ state: "skipped" })
      .where(
        and(
          eq(operationSteps.operationId, operationId),
          eq(operationSteps.state, "planned"),
          eq(operationSteps.isChosen, false),
          piece,
        ),
      );
}

/** Gives every step of an operation that is in a state another one. */
export async function endUnfinished(
  db: Writer,
  operationId: OperationId,
  state: "planned" | "acting",
  change: Pick<OperationStepChange, "state" | "failure">,
): Promise<void> {
  for await (const piece of piecesOf(db, operationId))
    await db
      .update(operationSteps)
      .set(change)
      .where(and(eq(operationSteps.operationId, operationId), eq(operationSteps.state, state), piece));
}

/** Removes every step of an operation, e.g. before it is planned anew. */
export async function deleteSteps(db: Writer, operationId: OperationId): Promise<void> {
  for await (const piece of piecesOf(db, operationId))
    await db.delete(operationSteps).where(and(eq(operationSteps.operationId, operationId), piece));
}

/** All of an operation's ordinals, as conditions. */
async function* piecesOf(db: Reader, operationId: OperationId): AsyncGenerator<SQL, void, void> {
  const [found] = await db
    .select({ last: max(operationSteps.ordinal) })
    .from(operationSteps)
    .where(eq(operationSteps.operationId, operationId));
  for (let from = 0; from <= (found?.last ?? -1); from += STEPS_A_PIECE) {
    yield between(operationSteps.ordinal, from, from + STEPS_A_PIECE - 1);
    await nextTurn();
  }
}

/** These ordinals, as conditions. */
async function* piecesOfList(ordinals: readonly number[]): AsyncGenerator<SQL, void, void> {
  for (let at = 0; at < ordinals.length; at += STEPS_A_PIECE) {
    const piece = JSON.stringify(ordinals.slice(at, at + STEPS_A_PIECE));
    yield sql`${operationSteps.ordinal} IN (SELECT value FROM json_each(${piece}))`;
    await nextTurn();
  }
}
