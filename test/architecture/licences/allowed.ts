/** Licences that let us ship the code inside a closed installer with a notice, and ask nothing more. */
const PERMISSIVE = new Set([
  "MIT",
  "MIT-0",
  "MIT/X11",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "CC0-1.0",
  "BlueOak-1.0.0",
  "Unlicense",
  "Zlib",
]);

/** For tools that run on our machines and are not shipped. */
const TOOLS_ONLY = new Set(["MPL-2.0", "CC-BY-4.0", "Python-2.0", "WTFPL"]);

/** True when the SPDX expression grants what shipping needs. */
export function mayShip(licence: string | undefined): boolean {
  return satisfies(licence, (name) => PERMISSIVE.has(name));
}

/** True when a tool under this licence may be used to build. */
export function mayBuildWith(licence: string | undefined): boolean {
  return satisfies(licence, (name) => PERMISSIVE.has(name) || TOOLS_ONLY.has(name));
}

// The lockfile holds flat expressions only: `(A OR B)`, `(A AND B)`. Mixed ones are refused until someone reads them.
function satisfies(licence: string | undefined, isGranted: (name: string) => boolean): boolean {
  if (licence === undefined) return false;
  const bare = licence.replace(/^\(|\)$/g, "");
  if (bare.includes(" OR ") && bare.includes(" AND ")) return false;
  if (bare.includes(" OR ")) return bare.split(" OR ").some(isGranted);
  return bare.split(" AND ").every(isGranted);
}
