import { setImmediate as immediate } from "node:timers/promises";

/** Lets everything else that waits for the main thread have it, between two chunks of long work. */
export async function nextTurn(): Promise<void> {
  await immediate();
}
