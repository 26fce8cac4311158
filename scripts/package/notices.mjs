import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { OUT_DIR, ROOT } from "../paths.mjs";

/**
 * Writes the licence texts of what is shipped. Which packages were bundled is read from the source maps of the
 * finished build: a list kept by hand, or guessed from the manifest, would be wrong one day.
 * @returns {number} how many packages are named
 */
export function writeNotices(file) {
  const packages = new Set([...bundledPackages(), ...externalPackages()]);
  const sections = [...packages].sort().map(describePackage);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `Muster contains the following packages.\n\n${sections.join("\n\n")}\n`);
  return packages.size;
}

function bundledPackages() {
  const found = new Set();
  for (const name of readdirSync(OUT_DIR, { recursive: true })) {
    if (!name.endsWith(".map")) continue;
    const map = join(OUT_DIR, name);
    for (const source of JSON.parse(readFileSync(map, "utf8")).sources) {
      const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1];
      if (folder) found.add(join(dirname(map), folder));
    }
  }
  return found;
}

function externalPackages() {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  return Object.keys(dependencies).map((name) => join(ROOT, "node_modules", name));
}

function describePackage(folder) {
  const manifest = existsSync(join(folder, "package.json"))
    ? JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
    : {};
  const licenceFile = existsSync(folder)
    ? readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
    : undefined;
  const text = licenceFile
    ? readFileSync(join(folder, licenceFile), "utf8").trim()
    : `Licence: ${manifest.license}`;
  return `${"=".repeat(80)}\n${manifest.name} ${manifest.version} (${manifest.license})\n\n${text}`;
}
