import type { Node, ParseError } from "jsonc-parser";
import { findNodeAtLocation, parseTree, printParseErrorCode } from "jsonc-parser";
import type { ImportProblem } from "#shared/contract/team.ts";

/** Larger files are not read: they are something else. In UTF-16 units, so at least as many bytes. */
export const FILE_LENGTH_MAX = 50 * 1024 * 1024;

/** No file of ours nests deeper than eight; the parser calls itself for every level. */
const DEPTH_MAX = 64;

export type JsonPath = readonly (string | number)[];

/** Parsed JSON that knows where everything stood. */
export interface JsonDocument {
  readonly value: unknown;
  /** What is wrong at `path`; where nothing stands there (a missing key), the line is that of what should hold it. */
  problemAt(path: JsonPath, problem: string): ImportProblem;
  /** What is wrong with the key itself. */
  problemAtKey(path: JsonPath, problem: string): ImportProblem;
  has(path: JsonPath): boolean;
}

export type ReadJson =
  | { readonly ok: true; readonly document: JsonDocument }
  | { readonly ok: false; readonly problems: ImportProblem[] };

/** Reads strict JSON, with or without a byte order mark and with any line ends. A key written twice is a problem. */
export function readJson(text: string): ReadJson {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const whole = (problem: string, line: number | null = null): ReadJson => ({
    ok: false,
    problems: [{ line, path: "", problem }],
  });
  if (source.length > FILE_LENGTH_MAX) return whole("The file is larger than 50 MB.");
  if (source.trim() === "") return whole("The file is empty.");
  const lineOf = createLineIndex(source);
  const deepAt = findTooDeep(source);
  if (deepAt !== null)
    return whole(`Lists and objects are nested more than ${DEPTH_MAX} deep.`, lineOf(deepAt));

  const errors: ParseError[] = [];
  const root = parseTree(source, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first || !root) return whole(describeSyntaxError(source, first), lineOf(first?.offset ?? 0));

  const problems: ImportProblem[] = [];
  const value = toValue(root, [], (node, path) => {
    problems.push({
      line: lineOf(node.offset),
      path: formatPath(path),
      problem: "This key is written twice.",
    });
  });
  if (problems.length > 0) return { ok: false, problems };
  const find = (path: JsonPath): Node | undefined => findNodeAtLocation(root, [...path]);
  return {
    ok: true,
    document: {
      value,
      has: (path) => find(path) !== undefined,
      problemAt(path, problem) {
        const held =
          path
            .map((_, at) => path.slice(0, path.length - at))
            .map(find)
            .find(Boolean) ?? root;
        return { line: lineOf(held.offset), path: formatPath(path), problem };
      },
      problemAtKey(path, problem) {
        const key = find(path)?.parent ?? find(path.slice(0, -1)) ?? root;
        return { line: lineOf(key.offset), path: formatPath(path), problem };
      },
    },
  };
}

/** `team[3].slackUserId`; a key that is no plain word is quoted, a long one cut. */
export function formatPath(path: JsonPath): string {
  return path
    .map((step, at) => {
      if (typeof step === "number") return `[${step}]`;
      if (/^[\w$-]{1,100}$/.test(step)) return at === 0 ? step : `.${step}`;
      return `[${JSON.stringify(step.length > 100 ? `${step.slice(0, 100)}…` : step)}]`;
    })
    .join("");
}

/** 1-based line of an offset; CR, LF and CRLF each end one line. Goes on from the last answer where it can. */
function createLineIndex(source: string): (offset: number) => number {
  let reached = { offset: 0, line: 1 };
  return (offset) => {
    if (offset < reached.offset) reached = { offset: 0, line: 1 };
    let { line } = reached;
    for (let at = reached.offset; at < offset; at++) {
      const code = source.charCodeAt(at);
      if (code === LF || (code === CR && source.charCodeAt(at + 1) !== LF)) line += 1;
    }
    reached = { offset, line };
    return line;
  };
}

const LF = 10;
const CR = 13;

/** Where the text first nests too deep, seen without recursion; null when it never does. */
function findTooDeep(source: string): number | null {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (isInText) {
      if (char === "\\") at += 1;
      // A text that is not closed ends with its line, as the parser sees it.
      else if (char === '"' || char === "\n") isInText = false;
    } else if (char === '"') isInText = true;
    else if (char === "[" || char === "{") depth += 1;
    else if (char === "]" || char === "}") depth -= 1;
    if (depth > DEPTH_MAX) return at;
  }
  return null;
}

function describeSyntaxError(source: string, error: ParseError | undefined): string {
  if (!error) return "This is not JSON.";
  if (error.offset >= source.trimEnd().length) return "The file ends too early: something is not closed.";
  const found = JSON.stringify(source.slice(error.offset, error.offset + Math.min(error.length, 30)));
  const words: Partial<Record<ReturnType<typeof printParseErrorCode>, string>> = {
    CommaExpected: `A comma is missing before ${found}.`,
    ColonExpected: `A colon is missing before ${found}.`,
    PropertyNameExpected: `A key in double quotes should stand here, not ${found}; or a comma is too many.`,
    ValueExpected: `A value should stand here, not ${found}; or a comma is too many.`,
    InvalidCommentToken: "Comments are not allowed in JSON.",
    UnexpectedEndOfString: "A text is not closed; it must end on the line where it begins.",
    InvalidCharacter: "A text holds a control character; write it as \\u….",
    InvalidEscapeCharacter: "A text holds a backslash that begins nothing; write it twice.",
    EndOfFileExpected: `There should be nothing after the end, but there is ${found}.`,
  };
  return words[printParseErrorCode(error.error)] ?? `This is not JSON: ${found} cannot stand here.`;
}

/** The node's value. Built by hand, because a key such as `__proto__` must stay an ordinary key. */
function toValue(node: Node, path: JsonPath, onTwice: (node: Node, path: JsonPath) => void): unknown {
  if (node.type === "array") {
    return (node.children ?? []).map((child, at) => toValue(child, [...path, at], onTwice));
  }
  if (node.type !== "object") return node.value as unknown;
  const entries = new Map<string, unknown>();
  for (const { children: [key, value] = [], offset } of node.children ?? []) {
    if (!key || !value) continue;
    const name = String(key.value);
    const at = [...path, name];
    if (entries.has(name)) onTwice({ ...node, offset }, at);
    entries.set(name, toValue(value, at, onTwice));
  }
  return Object.fromEntries(entries);
}
