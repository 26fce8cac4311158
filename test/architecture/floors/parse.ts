import { parseSync, visitorKeys } from "oxc-parser";
import type { Source } from "./source.ts";

/** One mention of another module. `specifier` is null when the code computes it. */
export interface Import {
  readonly specifier: string | null;
  /** True when nothing of it survives compilation. */
  readonly typeOnly: boolean;
  readonly line: number;
}

export interface ParsedFile {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly defaultExportLine: number | null;
  /** Every statement passes on what another module exports. */
  readonly isBarrel: boolean;
  readonly nodes: readonly Node[];
  readonly lineOf: (offset: number) => number;
}

/** An ESTree node, as loosely as a walker needs it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Reads one file with a real parser; text search would trip over comments and strings. Throws on a syntax error. */
export function parseFile(source: Source): ParsedFile {
  const { program, errors } = parseSync(source.path, source.text);
  if (errors.length > 0) throw new Error(`${source.path}: ${errors[0]?.message ?? "cannot be parsed"}`);
  const nodes = collectNodes(program as unknown as Node);
  const lineOf = createLineFinder(source.text);
  const statements = (program as unknown as { body: Node[] }).body;
  return {
    path: source.path,
    lines: source.text.trimEnd().split("\n").length,
    imports: nodes.flatMap((node) => importsOf(node, lineOf)),
    defaultExportLine: findDefaultExportLine(nodes, lineOf),
    isBarrel: statements.length > 0 && statements.every(passesOn),
    nodes,
    lineOf,
  };
}

function createLineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    const after = starts.findIndex((start) => start > offset);
    return after < 0 ? starts.length : after;
  };
}

function importsOf(node: Node, lineOf: (offset: number) => number): Import[] {
  const found = specifierOf(node);
  return found === null ? [] : [{ ...found, line: lineOf(node.start) }];
}

function specifierOf(node: Node): Omit<Import, "line"> | null {
  switch (node.type) {
    case "ImportDeclaration": {
      const specifiers = node["specifiers"] as Node[];
      const allTypes = specifiers.length > 0 && specifiers.every((each) => each["importKind"] === "type");
      return { specifier: literal(node["source"]), typeOnly: node["importKind"] === "type" || allTypes };
    }
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      if (!node["source"]) return null;
      return { specifier: literal(node["source"]), typeOnly: node["exportKind"] === "type" };
    case "ImportExpression":
      return { specifier: literal(node["source"]), typeOnly: false };
    case "TSImportType":
      return { specifier: literal(node["source"]), typeOnly: true };
    case "TSExternalModuleReference":
      return { specifier: literal(node["expression"]), typeOnly: false };
    case "CallExpression": {
      if (nameOf(node["callee"]) !== "require") return null;
      return { specifier: literal((node["arguments"] as Node[])[0]), typeOnly: false };
    }
    default:
      return null;
  }
}

function findDefaultExportLine(nodes: readonly Node[], lineOf: (offset: number) => number): number | null {
  const found = nodes.find(
    (node) =>
      node.type === "ExportDefaultDeclaration" ||
      node.type === "TSExportAssignment" ||
      (node.type === "ExportSpecifier" && nameOf(node["exported"]) === "default"),
  );
  return found ? lineOf(found.start) : null;
}

function passesOn(statement: Node): boolean {
  if (statement.type === "ExportAllDeclaration") return true;
  return statement.type === "ExportNamedDeclaration" && Boolean(statement["source"]);
}

function collectNodes(root: Node): Node[] {
  const found: Node[] = [];
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (Array.isArray(value)) {
      pending.push(...(value as unknown[]));
    } else if (value !== null && typeof value === "object" && "type" in value) {
      const node = value as Node;
      found.push(node);
      for (const key of visitorKeys[node.type] ?? []) pending.push(node[key]);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The name of an identifier node; null for any other node. */
export function nameOf(value: unknown): string | null {
  const node = value as Node | null | undefined;
  return node?.type === "Identifier" ? (node["name"] as string) : null;
}

/** The text of a string literal, or of a template without holes; null for anything computed. */
export function literal(value: unknown): string | null {
  const node = value as Node | null | undefined;
  if (node?.type === "Literal" && typeof node["value"] === "string") return node["value"];
  // A type position wraps its literal once more.
  if (node?.type === "TSLiteralType") return literal(node["literal"]);
  if (node?.type === "TemplateLiteral" && (node["expressions"] as Node[]).length === 0) {
    return (node["quasis"] as { value: { cooked: string } }[])[0]?.value.cooked ?? null;
  }
  return null;
}
