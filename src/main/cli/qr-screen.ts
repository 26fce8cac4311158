import { encode } from "uqr";

/** Light modules that a scanner needs around the code (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** Two modules stand above each other in one character. Light is what is painted: terminals are mostly dark. */
const BLOCKS = { both: "█", upper: "▀", lower: "▄", none: " " } as const;

/** Bright white on black, so that the code is right side out in a light terminal too. */
const COLOURS = "\u001b[97;40m";
const NO_COLOURS = "\u001b[0m";

/** Where QR codes are shown to a person at a terminal. */
export interface QrScreen {
  /** Shows the code of a link and the link itself, in the place of the one before. */
  show(link: string): void;
}

interface Screen {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** On standard error, which does not mix with the answer of a command. `hasColours` is false where NO_COLOR is set. */
export function openQrScreen(
  screen: Screen = process.stderr,
  hasColours = (process.env["NO_COLOR"] ?? "") === "",
): QrScreen {
  const isTerminal = screen.isTTY === true;
  let shownLines = 0;
  return {
    show(link) {
      const drawn = drawQrLines(link).map((line) =>
        isTerminal && hasColours ? `${COLOURS}${line}${NO_COLOURS}` : line,
      );
      const lines = [...drawn, link];
      // A code that has expired is not left for somebody to scan; a file or a pipe keeps them all.
      const back = isTerminal && shownLines > 0 ? `\u001b[${shownLines}A\u001b[0J` : "";
      screen.write(`${back}${lines.join("\n")}\n`);
      shownLines = lines.length;
    },
  };
}

/** A text as a QR code in terminal characters, with its margin: two modules high, one wide each. */
export function drawQrLines(text: string): string[] {
  // The least redundancy makes the smallest picture, and nothing on a screen is scratched or dirty.
  const { data, size } = encode(text, { ecc: "L", border: QUIET_ZONE });
  const isLight = (x: number, y: number): boolean => data[y]?.[x] !== true;
  return Array.from({ length: Math.ceil(size / 2) }, (_line, row) =>
    Array.from({ length: size }, (_character, x) => {
      const [upper, lower] = [isLight(x, row * 2), isLight(x, row * 2 + 1)];
      if (upper) return lower ? BLOCKS.both : BLOCKS.upper;
      return lower ? BLOCKS.lower : BLOCKS.none;
    }).join(""),
  );
}
