import type { Failure } from "#shared/domain/failure.ts";

/**
 * Where a command speaks. With `--json` standard output gets one JSON object and nothing else; everything meant for
 * a person goes to standard error then.
 */
export interface Terminal {
  readonly isJson: boolean;
  /** The machine-readable answer; printed only with `--json`. */
  answer(value: unknown): void;
  /** A line of the human-readable answer; not printed with `--json`. */
  say(line: string): void;
  /** Progress and remarks, always on standard error. */
  note(line: string): void;
  fail(failure: Failure): void;
}

interface Streams {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown };
}

export function openTerminal(
  isJson: boolean,
  streams: Streams = { out: process.stdout, err: process.stderr },
): Terminal {
  return {
    isJson,
    answer(value) {
      if (isJson) streams.out.write(`${JSON.stringify(value)}\n`);
    },
    say(line) {
      if (!isJson) streams.out.write(`${printable(line)}\n`);
    },
    note(line) {
      streams.err.write(`${printable(line)}\n`);
    },
    fail(failure) {
      if (isJson) streams.out.write(`${JSON.stringify({ failure })}\n`);
      streams.err.write(
        `${printable(`muster: ${failure.message} [${failure.code}]`)}\n${describeFacts(failure)}`,
      );
      streams.err.write(`${printable(failure.todo)}\n`);
    },
  };
}

function describeFacts({ facts }: Failure): string {
  return Object.entries(facts)
    .map(
      ([name, value]) =>
        `${printable(`  ${name}: ${Array.isArray(value) ? value.join(", ") : String(value)}`)}\n`,
    )
    .join("");
}

/**
 * Takes control characters out of a line: names come from strangers, and an escape sequence in one could rewrite
 * the screen. Bidirectional overrides go too, since they can make a line read as another.
 */
export function printable(line: string): string {
  return line.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "�");
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

function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(
        segment,
      )
        ? 2
        : 1;
  }
  return width;
}
