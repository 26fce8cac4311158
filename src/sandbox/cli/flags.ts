/** A command line that cannot be understood; the message is for the person who typed it. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What a command takes: flags with a value and flags without. */
interface FlagNames {
  readonly valued: readonly string[];
  readonly plain: readonly string[];
}

export interface ParsedFlags {
  readonly values: ReadonlyMap<string, string>;
  readonly plain: ReadonlySet<string>;
  readonly words: readonly string[];
}

/** Splits arguments into `--name value` (or `--name=value`), `--name` and words. Throws `UsageError`. */
export function parseFlags(argv: readonly string[], names: FlagNames): ParsedFlags {
  const values = new Map<string, string>();
  const plain = new Set<string>();
  const words: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const argument = argv[at] as string;
    if (!argument.startsWith("--")) {
      words.push(argument);
      continue;
    }
    const [name, inline] = splitOnce(argument.slice(2), "=");
    if (names.plain.includes(name) && inline === undefined) {
      plain.add(name);
    } else if (names.valued.includes(name)) {
      const value = inline ?? argv[++at];
      if (value === undefined) throw new UsageError(`--${name} needs a value`);
      values.set(name, value);
    } else {
      const known = [...names.valued, ...names.plain].map((flag) => `--${flag}`).join(", ");
      throw new UsageError(`unknown flag ${argument}; known ones are ${known}`);
    }
  }
  return { values, plain, words };
}

/** A whole number flag; `fallback` when it was not given. */
export function wholeNumber(flags: ParsedFlags, name: string, fallback: number, most: number): number {
  const text = flags.values.get(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0 || value > most) {
    throw new UsageError(`--${name} must be a whole number from 0 to ${most}, not "${text}"`);
  }
  return value;
}

/** Refuses words a command has no use for. */
export function refuseWords(flags: ParsedFlags): void {
  const word = flags.words[0];
  if (word !== undefined) throw new UsageError(`"${word}" is not expected here`);
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
