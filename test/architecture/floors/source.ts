import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** One file of the product: a path from the repository root with forward slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Every file under `src/`, whatever its kind: a file that no floor knows must not hide behind its extension. */
export function readSources(root: string): Source[] {
  return readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const absolute = join(entry.parentPath, entry.name);
      return { path: relative(root, absolute).split(sep).join("/"), text: readFileSync(absolute, "utf8") };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function isCode(path: string): boolean {
  return /\.(ts|tsx|mts|cts|js|mjs|cjs|jsx)$/.test(path);
}
