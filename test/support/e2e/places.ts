import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The checkout; `package.json` there names the built main process. */
export const ROOT = resolve(import.meta.dirname, "..", "..", "..");

/** Pictures that a person may want to look at; git ignores them. */
export const PICTURES = join(ROOT, "artifacts", "e2e", "pictures");

/** The product's own runtime, which `scripts/test.mjs` found. */
export function electronPath(): string {
  const path = process.env["ELECTRON_EXEC_PATH"];
  if (!path)
    throw new Error("run the end-to-end tests by `npm test -- e2e`: they need the product's runtime");
  return path;
}

/** Switches that the machine makes necessary: Chromium does not sandbox its renderers under root. */
export const MACHINE_SWITCHES: readonly string[] = [
  ...(process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
];

/** A new folder with a short path, because sockets are made in it. */
export function makeFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "m-e2e-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}
