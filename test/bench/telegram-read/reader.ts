import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import type { SignedIn } from "#test/support/telegram-sign-in.ts";

/** What reading every member list of an account costs in this process. */
export interface ReadingCost {
  readonly elapsedMs: number;
  readonly pages: number;
  readonly members: number;
  readonly longestStallMs: number;
  /** Resident memory at the first tenth, and the most of it. */
  readonly earlyRssMb: number;
  readonly peakRssMb: number;
}

type Tick = (page: { readonly members: number }) => void;

/** Measures one way of reading: `open` connects and lists (not counted), what it returns reads all member lists. */
export async function measure(
  open: (
    signedIn: SignedIn,
  ) => Promise<{ groups: number; read(tick: Tick): Promise<void>; close(): Promise<void> }>,
): Promise<void> {
  const signedIn = JSON.parse(process.argv[2] ?? "{}") as SignedIn;
  const way = await open(signedIn);
  let pages = 0;
  let members = 0;
  let earlyRssMb = 0;
  let peakRssMb = 0;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startMs = performance.now();
  await way.read((page) => {
    pages += 1;
    members += page.members;
    const rssMb = process.memoryUsage.rss() / 2 ** 20;
    if (pages === Math.floor((way.groups * 3) / 10)) earlyRssMb = rssMb;
    peakRssMb = Math.max(peakRssMb, rssMb);
  });
  const elapsedMs = performance.now() - startMs;
  delay.disable();
  await way.close();
  const cost: ReadingCost = {
    elapsedMs,
    pages,
    members,
    longestStallMs: delay.max / 1e6,
    earlyRssMb,
    peakRssMb,
  };
  process.stdout.write(`cost ${JSON.stringify(cost)}\n`, () => process.exit(0));
}
