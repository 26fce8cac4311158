import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseFile } from "./floors/parse.ts";
import { resolveImport } from "./floors/resolve.ts";
import { isCode, readSources } from "./floors/source.ts";
import { mayBuildWith, mayShip } from "./licences/allowed.ts";
import { closureOf, type Lockfile } from "./licences/lockfile.ts";

const root = join(import.meta.dirname, "..", "..");
const lockfile = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lockfile;

/** Replaced at build time (electron.vite.config.ts). */
const REPLACED = new Set(["unzipper"]);

/** Published without a licence field; reached through `unzipper` only, used by nothing we run. */
const UNLICENSED_AND_UNUSED = new Set(["node_modules/buffers"]);

/** Reach the product through a style sheet or the packager, where no import shows them. */
const SHIPPED_WITHOUT_IMPORT = ["electron", "tailwindcss"];

function shippedPackages(): Set<string> {
  const imported = readSources(root)
    .filter(({ path }) => isCode(path))
    .flatMap((source) => parseFile(source).imports.map((each) => ({ path: source.path, ...each })))
    .filter(({ typeOnly, specifier }) => !typeOnly && specifier !== null)
    .flatMap(({ path, specifier }) => {
      const target = resolveImport(path, specifier ?? "", () => true);
      return target.kind === "package" ? [target.name] : [];
    });
  const direct = Object.keys(lockfile.packages[""]?.dependencies ?? {});
  return closureOf(lockfile, [...imported, ...direct], REPLACED).union(
    new Set(SHIPPED_WITHOUT_IMPORT.map((name) => `node_modules/${name}`)),
  );
}

function describeLicence(key: string): string {
  return `${key.replace(/^.*node_modules\//, "")}: ${lockfile.packages[key]?.license ?? "no licence"}`;
}

test("everything that is shipped has a permissive licence", () => {
  const shipped = [...shippedPackages()];
  expect(shipped.length).toBeGreaterThan(5);
  const refused = shipped.filter((key) => !mayShip(lockfile.packages[key]?.license));
  expect(refused.map(describeLicence)).toEqual([]);
});

test("every tool we build with has a licence that allows it", () => {
  const refused = Object.keys(lockfile.packages)
    // A link only points at the folder whose own entry says the licence.
    .filter((key) => key !== "" && !UNLICENSED_AND_UNUSED.has(key) && lockfile.packages[key]?.link !== true)
    .filter((key) => !mayBuildWith(lockfile.packages[key]?.license));
  expect(refused.map(describeLicence)).toEqual([]);
});

describe("the check turns red", () => {
  const imagined: Lockfile = {
    packages: {
      "node_modules/a": { license: "MIT", dependencies: { b: "1" } },
      "node_modules/a/node_modules/b": { license: "GPL-3.0-only", dependencies: { c: "1" } },
      "node_modules/b": { license: "MIT" },
      "node_modules/c": {},
    },
  };

  test("at a nested copy, and at what that needs", () => {
    const keys = closureOf(imagined, ["a"], new Set());
    expect([...keys].sort()).toEqual(["node_modules/a", "node_modules/a/node_modules/b", "node_modules/c"]);
    expect([...keys].filter((key) => !mayShip(imagined.packages[key]?.license))).toHaveLength(2);
  });

  test("not at what the build replaces", () => {
    expect([...closureOf(imagined, ["a"], new Set(["b"]))]).toEqual(["node_modules/a"]);
  });

  test.each([
    ["MIT", true],
    ["(MIT OR GPL-3.0-or-later)", true],
    ["(MIT AND GPL-3.0-or-later)", false],
    ["(MIT AND Zlib)", true],
    ["MPL-2.0", false],
    ["SEE LICENSE IN x", false],
    [undefined, false],
  ])("%s may ship: %s", (licence, expected) => {
    expect(mayShip(licence)).toBe(expected);
  });
});
