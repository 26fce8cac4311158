import { Worker } from "node:worker_threads";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

/** Longer than thousands of names take, shorter than anybody waits for one that never ends. */
const PATIENCE_MS = 3_000;

/** A replacement that is longer than any name may be is cut: that it is too long is all there is to say. */
const LONGEST = 1_000;

/** Memory that replacing names cannot need; one that does is ended. */
const MEMORY_MB = 64;

/**
 * The worker's whole program. It is text, because it has to be the same from source and in a bundle, and it imports
 * nothing. `at` tells the outside which name it is at.
 */
const PROGRAM = `
const { parentPort, workerData } = require("node:worker_threads");
const { names, find, flags, replacement, longest, at } = workerData;
const pattern = new RegExp(find, flags);
const replaced = names.map((name, index) => {
  Atomics.store(at, 0, index);
  if (name.search(pattern) < 0) return null;
  return name.replace(pattern, replacement).slice(0, longest);
});
parentPort.postMessage(replaced);
`;

/** What is wrong with a regular expression, without trying it on anything; null when it can be read. */
export function checkPattern(find: string): Failure | null {
  try {
    compile(find);
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failure("membership/bad-pattern", { pattern: find }, why);
  }
}

function compile(find: string): RegExp {
  return new RegExp(find, "gu");
}

/**
 * Each name with every match of the expression replaced, in order; null for names in which it finds nothing. Done in a
 * worker with a deadline, because an expression may take for ever on a name that somebody else chose, and nothing stops it
 * on the thread it runs on. `membership/bad-pattern` for one that cannot be read, or takes too long (fact `name`).
 */
export async function replaceByPattern(
  names: readonly string[],
  rule: { readonly find: string; readonly replacement: string; readonly ignoreCase: boolean },
  options: { readonly signal: AbortSignal; readonly patienceMs?: number },
): Promise<Result<readonly (string | null)[], Failure>> {
  const unreadable = checkPattern(rule.find);
  if (unreadable !== null) return err(unreadable);
  options.signal.throwIfAborted();
  const at = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(PROGRAM, {
    eval: true,
    name: "muster-rename",
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    workerData: {
      names: names.map((name) => name.normalize("NFC")),
      find: rule.find.normalize("NFC"),
      flags: rule.ignoreCase ? "giu" : "gu",
      replacement: rule.replacement,
      longest: LONGEST,
      at,
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<readonly (string | null)[] | "too-much">();
  const onAbort = () => reject(options.signal.reason as Error);
  options.signal.addEventListener("abort", onAbort);
  const timer = setTimeout(() => resolve("too-much"), options.patienceMs ?? PATIENCE_MS);
  worker.once("message", resolve);
  worker.once("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "ERR_WORKER_OUT_OF_MEMORY") resolve("too-much");
    else reject(error);
  });
  try {
    const replaced = await promise;
    if (replaced !== "too-much") return ok(replaced);
    const name = names[Atomics.load(at, 0)] ?? "";
    return err(
      failure("membership/bad-pattern", { pattern: rule.find, name }, `It takes too long on “${name}”.`),
    );
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener("abort", onAbort);
    await worker.terminate();
  }
}
