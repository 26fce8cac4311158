/** A process that carries one operation out in a profile folder, to be killed: takes up what the one before it left. */
import { systemClock } from "#shared/lib/system-clock.ts";
import { createHastyClock } from "#test/support/membership-lab.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { beginLife, type LifeInput } from "./chaos-life.ts";
import { readFileSync } from "node:fs";

const [folder = "", inputFile = ""] = process.argv.slice(2);
const input = JSON.parse(readFileSync(inputFile, "utf8")) as LifeInput;
const store = await openTemporaryStore({ folder, clock: systemClock });
const life = await beginLife(input, store, createHastyClock(1_000));
const said = await life.live();
await life.close();
await store.close();
console.log(`ended ${said}`);
process.exit(0);
