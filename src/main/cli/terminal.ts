import type { Failure } from "#shared/domain/failure.ts";
import { inTerminal } from "./in-terminal.ts";

/** What `--json` prints instead of an answer: a failure of the catalogue, a usage error, or a bug. */
export type JsonFailure =
  | Failure
  | {
      readonly code: "usage" | "defect";
      readonly message: string;
      readonly todo: string;
      readonly facts: Readonly<Record<string, string>>;
    };

/**
 * Where a command speaks. With `--json` standard output gets exactly one JSON object and nothing else; everything
 * meant for a person goes to standard error then. Nothing a stranger wrote can move the cursor or restyle the screen.
 */
export interface Terminal {
  readonly isJson: boolean;
  /** The machine-readable answer; printed only with `--json`. */
  answer(value: unknown): void;
  /** A line of the human-readable answer; not printed with `--json`. */
  say(line: string): void;
  /** Progress and remarks, always on standard error. */
  note(line: string): void;
  /** Says on standard error what went wrong and what to do; with `--json` it is also the answer, if there is none yet. */
  fail(failure: Failure): void;
  /** With `--json`, the answer of a command that could not give one; what a person reads was printed already. */
  answerFailure(failure: JsonFailure): void;
}

interface Streams {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown };
}

export function openTerminal(
  isJson: boolean,
  streams: Streams = { out: process.stdout, err: process.stderr },
): Terminal {
  let hasAnswered = false;

  function answer(value: unknown): void {
    if (!isJson) return;
    hasAnswered = true;
    streams.out.write(`${escapeControls(JSON.stringify(value))}\n`);
  }

  function answerFailure(failure: JsonFailure): void {
    if (!hasAnswered) answer({ failure });
  }

  function note(line: string): void {
    streams.err.write(`${printable(line)}\n`);
  }

  return {
    isJson,
    answer,
    answerFailure,
    note,
    say(line) {
      if (!isJson) streams.out.write(`${printable(line)}\n`);
    },
    fail(failure) {
      answerFailure(inTerminal(failure));
      for (const line of describeFailure(failure)) note(line);
    },
  };
}

/** A failure as a person reads it: what happened, the particulars, what to do. */
export function describeFailure(failure: Failure): string[] {
  const { message, code, facts, todo } = inTerminal(failure);
  const known = Object.entries(facts).filter(([, value]) => value !== null);
  return [
    `muster: ${message} [${code}]`,
    ...known.map(([name, value]) => `  ${describeFact(name, value)}`),
    todo,
  ];
}

/** Moments are told as a clock shows them, not as the milliseconds that programs count. */
function describeFact(name: string, value: Failure["facts"][string]): string {
  if (name.endsWith("Ms") && typeof value === "number" && value > FIRST_MOMENT_MS)
    return `${name.slice(0, -"Ms".length)}: ${new Date(value).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  return `${name}: ${Array.isArray(value) ? value.join(", ") : String(value)}`;
}

/** What is less is a length of time. */
const FIRST_MOMENT_MS = Date.UTC(2000, 0);

/**
 * Characters that a terminal acts upon, or that make a line read as another: control characters, line and paragraph
 * separators, and everything that reorders text from right to left.
 */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/g;

/** Takes control characters out of a line: names come from strangers, and an escape sequence could rewrite the screen. */
export function printable(line: string): string {
  return line.replace(unprintable, "�");
}

/**
 * Writes control characters as JSON escapes (`\u009b`) and leaves line ends alone. JSON stays the same JSON, since
 * `JSON.stringify` lets most of them through; other text stays readable.
 */
export function escapeControls(text: string): string {
  return text.replace(unprintable, (character) =>
    character === "\n" || character === "\r"
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Lines up columns by display width, near enough for a terminal: wide characters count double. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((widest, row) => {
    for (const [index, cell] of row.entries())
      widest[index] = Math.max(widest[index] ?? 0, displayWidth(cell));
    return widest;
  }, []);
  return rows.map((row) =>
    row
      .map((cell, index) => cell + " ".repeat((widths[index] ?? 0) - displayWidth(cell)))
      .join("  ")
      .trimEnd(),
  );
}

const graphemes = new Intl.Segmenter();
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}
