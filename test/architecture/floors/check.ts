import { findCycles } from "./cycles.ts";
import { findPlace, judgeImport } from "./edges.ts";
import type { Node, ParsedFile } from "./parse.ts";
import { literal, nameOf, parseFile } from "./parse.ts";
import { impurityOf } from "./purity.ts";
import { resolveImport } from "./resolve.ts";
import type { Source } from "./source.ts";
import { isCode } from "./source.ts";
import { ALLOWED_BARRELS, ENTRIES, MAX_LINES, POLICY_FILES, VAGUE_NAMES } from "./table.ts";

export type Rule =
  | "floor"
  | "edge"
  | "cycle"
  | "default-export"
  | "barrel"
  | "entry"
  | "name"
  | "length"
  | "climb"
  | "computed-import"
  | "purity"
  | "forbidden-name"
  | "forbidden-text"
  | "no-edges";

export interface Violation {
  readonly rule: Rule;
  readonly where: string;
  readonly what: string;
}

/** Checks a set of files, real or imagined, against the table. `edges` counts the imports between our own files. */
export function checkFloors(sources: readonly Source[]): { violations: Violation[]; edges: number } {
  const paths = new Set(sources.map(({ path }) => path));
  const graph = new Map<string, Set<string>>();
  const violations = sources.flatMap(({ path }) => checkPath(path));
  for (const source of sources) {
    if (!isCode(source.path)) continue;
    const file = parseFile(source);
    violations.push(...checkShape(file), ...checkContents(file), ...checkImports(file, paths, graph));
  }
  for (const cycle of findCycles(graph)) {
    violations.push({ rule: "cycle", where: cycle[0] ?? "", what: [...cycle, cycle[0]].join(" → ") });
  }
  const edges = [...graph.values()].reduce((total, targets) => total + targets.size, 0);
  if (edges === 0) {
    // A checker that reads nothing finds nothing wrong.
    violations.push({
      rule: "no-edges",
      where: "src",
      what: "not one import between two of our files was seen",
    });
  }
  return { violations, edges };
}

function checkPath(path: string): Violation[] {
  const violations: Violation[] = [];
  if (findPlace(path) === null) violations.push({ rule: "floor", where: path, what: "stands on no floor" });
  const vague = path.split(/[/.-]/).find((word) => VAGUE_NAMES.has(word.toLowerCase()));
  if (vague !== undefined)
    violations.push({ rule: "name", where: path, what: `"${vague}" says nothing about it` });
  return violations;
}

function checkShape(file: ParsedFile): Violation[] {
  const violations: Violation[] = [];
  if (file.lines > MAX_LINES) {
    violations.push({ rule: "length", where: file.path, what: `${file.lines} lines want splitting` });
  }
  if (file.defaultExportLine !== null) {
    violations.push({
      rule: "default-export",
      where: `${file.path}:${file.defaultExportLine}`,
      what: "default export",
    });
  }
  const isDoor = findPlace(file.path)?.floor.door?.test(file.path) === true;
  if (file.isBarrel && !isDoor && !ALLOWED_BARRELS.includes(file.path)) {
    violations.push({ rule: "barrel", where: file.path, what: "only passes on what other files export" });
  }
  return violations;
}

function checkContents(file: ParsedFile): Violation[] {
  const floor = findPlace(file.path)?.floor;
  const isPolicy = POLICY_FILES.test(file.path);
  const violations: Violation[] = [];
  for (const node of file.nodes) {
    const where = () => `${file.path}:${file.lineOf(node.start)}`;
    const impurity = isPolicy ? impurityOf(node) : null;
    if (impurity !== null)
      violations.push({ rule: "purity", where: where(), what: `a policy may not use ${impurity}` });
    const name = nameOf(node);
    if (name !== null && floor?.forbiddenNames?.test(name)) {
      violations.push({
        rule: "forbidden-name",
        where: where(),
        what: `${name} does not belong in ${floor.name}`,
      });
    }
    const text = floor?.forbiddenText ? textOf(node) : null;
    if (text !== null && floor?.forbiddenText?.test(text)) {
      violations.push({ rule: "forbidden-text", where: where(), what: `${floor.name} may not contain SQL` });
    }
  }
  return violations;
}

function textOf(node: Node): string | null {
  if (node.type === "TemplateElement") return (node["value"] as { raw: string }).raw;
  return literal(node);
}

function checkImports(
  file: ParsedFile,
  paths: ReadonlySet<string>,
  graph: Map<string, Set<string>>,
): Violation[] {
  const violations: Violation[] = [];
  const place = findPlace(file.path);
  const targets = new Set<string>();
  graph.set(file.path, targets);
  for (const each of file.imports) {
    const where = `${file.path}:${each.line}`;
    if (each.specifier === null) {
      violations.push({ rule: "computed-import", where, what: "imports a name computed at run time" });
      continue;
    }
    if (each.specifier.includes("../../")) {
      violations.push({ rule: "climb", where, what: `${each.specifier}: use #shared/…, #main/… instead` });
    }
    const target = resolveImport(file.path, each.specifier, (path) => paths.has(path));
    if (target.kind === "file") {
      targets.add(target.path);
      if (ENTRIES.includes(target.path)) {
        violations.push({
          rule: "entry",
          where,
          what: `${target.path} starts a process and may not be imported`,
        });
      }
    }
    const complaint = place === null ? null : judgeImport(file.path, place, each, target);
    if (complaint !== null) violations.push({ rule: "edge", where, what: `${each.specifier}: ${complaint}` });
  }
  return violations;
}
