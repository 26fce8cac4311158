import { join } from "node:path";

/** The checkout: every script works from here, whatever folder it was called from. */
export const ROOT = join(import.meta.dirname, "..");

/** Downloaded runtimes, locks and remembered facts. Ignored by git; deleting it is always safe. */
export const RUNTIME_DIR = join(ROOT, ".runtime");

/** What electron-vite builds. */
export const OUT_DIR = join(ROOT, "out");

/** Reports, screenshots and traces that a person may want to look at. Ignored by git. */
export const ARTIFACTS_DIR = join(ROOT, "artifacts");
