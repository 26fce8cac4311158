import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../paths.mjs";

/** What the bundles are made of. Migrations and icons in resources/ are read at run time, not bundled. */
const FOLDERS = ["src"];
const FILES = ["electron.vite.config.ts", "package.json", "package-lock.json", "tsconfig.json"];

/** One string that changes whenever a build would come out differently. Contents count, dates do not. */
export function fingerprintOfSources() {
  const hash = createHash("sha256");
  const files = [...FOLDERS.flatMap(filesUnder), ...FILES].sort();
  for (const file of files) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(join(ROOT, file)));
    hash.update("\0");
  }
  return hash.digest("hex");
}

function filesUnder(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(ROOT.length + 1));
}
