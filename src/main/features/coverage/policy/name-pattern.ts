/**
 * Shell-like name patterns: `*` any run of characters (also none), `?` one character, `[a-z]` and `[!a-z]` one of a
 * set, `{a,b}` alternatives (they nest), `\` takes the next character as it is. `/` and a leading dot are ordinary,
 * one character is one code point. A bracket or brace that is never closed, or a brace without a comma, means itself.
 *
 * Patterns are written by operators and names by customers, so matching must not blow up on either: a pattern becomes
 * a small automaton whose time is the product of the two lengths, unlike a backtracking regular expression
 * (docs/decisions/0010).
 */

/** What names and patterns are compared as: composed Unicode, without regard to case. */
export function foldName(text: string): string {
  return text.normalize("NFC").toLowerCase().normalize("NFC");
}

/** Compiles a pattern once; the result says whether a whole name, already folded, matches. */
export function compilePattern(pattern: string): (foldedName: string) => boolean {
  const folded = foldName(pattern);
  return /[?[{\\]/.test(folded) ? compileAutomaton(folded) : compileStars(folded);
}

/** Most patterns are text and stars: every text must follow the one before, the first and last at the ends. */
function compileStars(folded: string): (foldedName: string) => boolean {
  const [head = "", ...rest] = folded.split("*");
  const tail = rest.pop();
  if (tail === undefined) return (name) => name === head;
  return (name) => {
    if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail))
      return false;
    const end = name.length - tail.length;
    let at = head.length;
    for (const text of rest) {
      const found = name.indexOf(text, at);
      if (found < 0 || found + text.length > end) return false;
      at = found + text.length;
    }
    return true;
  };
}

function compileAutomaton(folded: string): (foldedName: string) => boolean {
  const automaton: State[] = [];
  const start = buildSequence(parse([...folded]), automaton, addState(automaton, { kind: "accept" }));
  return (foldedName) => accepts(automaton, start, foldedName);
}

type Piece =
  | { readonly kind: "one"; readonly fits: (symbol: string) => boolean }
  | { readonly kind: "any-run" }
  | { readonly kind: "choice"; readonly options: readonly (readonly Piece[])[] };

function parse(symbols: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < symbols.length; at++) {
    const symbol = symbols[at] as string;
    if (symbol === "*") {
      if (pieces.at(-1)?.kind !== "any-run") pieces.push({ kind: "any-run" });
    } else if (symbol === "?") {
      pieces.push({ kind: "one", fits: () => true });
    } else if (symbol === "\\" && at + 1 < symbols.length) {
      at += 1;
      pieces.push(literal(symbols[at] as string));
    } else if (symbol === "[") {
      const end = endOfSet(symbols, at);
      pieces.push(end === null ? literal(symbol) : parseSet(symbols.slice(at + 1, end)));
      at = end ?? at;
    } else if (symbol === "{") {
      const brace = splitBrace(symbols, at);
      pieces.push(brace === null ? literal(symbol) : { kind: "choice", options: brace.options.map(parse) });
      at = brace?.end ?? at;
    } else {
      pieces.push(literal(symbol));
    }
  }
  return pieces;
}

function literal(wanted: string): Piece {
  return { kind: "one", fits: (symbol) => symbol === wanted };
}

/** Where the set that opens at `start` closes; a `]` right after the opening (or its negation) belongs to it. */
function endOfSet(symbols: readonly string[], start: number): number | null {
  let at = start + 1;
  if (symbols[at] === "!" || symbols[at] === "^") at += 1;
  const end = symbols.indexOf("]", at + 1);
  return end < 0 ? null : end;
}

function parseSet(body: readonly string[]): Piece {
  const negated = body[0] === "!" || body[0] === "^";
  const inside = negated ? body.slice(1) : body;
  const ranges: (readonly [number, number])[] = [];
  for (let at = 0; at < inside.length; at++) {
    const low = codeOf(inside[at]);
    const isRange = inside[at + 1] === "-" && at + 2 < inside.length;
    const high = isRange ? codeOf(inside[at + 2]) : low;
    ranges.push([Math.min(low, high), Math.max(low, high)]);
    if (isRange) at += 2;
  }
  return {
    kind: "one",
    fits: (symbol) => {
      const code = codeOf(symbol);
      return ranges.some(([low, high]) => code >= low && code <= high) !== negated;
    },
  };
}

function codeOf(symbol: string | undefined): number {
  return symbol?.codePointAt(0) ?? -1;
}

/** The alternatives of the brace that opens at `start`, and where it closes; null when it is not a choice. */
function splitBrace(
  symbols: readonly string[],
  start: number,
): { readonly options: string[][]; readonly end: number } | null {
  const options: string[][] = [[]];
  let depth = 0;
  for (let at = start + 1; at < symbols.length; at++) {
    const symbol = symbols[at] as string;
    if (symbol === "}" && depth === 0) return options.length > 1 ? { options, end: at } : null;
    if (symbol === "," && depth === 0) {
      options.push([]);
      continue;
    }
    if (symbol === "{") depth += 1;
    if (symbol === "}") depth -= 1;
    options.at(-1)?.push(symbol);
    if (symbol === "\\" && at + 1 < symbols.length) {
      at += 1;
      options.at(-1)?.push(symbols[at] as string);
    }
  }
  return null;
}

type State =
  | { readonly kind: "accept" }
  | { readonly kind: "one"; readonly fits: (symbol: string) => boolean; readonly next: number }
  /** Goes on at any of these without reading; `loop` states also stay where they are on any symbol. */
  | { readonly kind: "split"; readonly next: readonly number[] }
  | { readonly kind: "loop"; readonly next: number };

function addState(automaton: State[], state: State): number {
  return automaton.push(state) - 1;
}

/** Builds from the end backwards and returns where the sequence starts. */
function buildSequence(pieces: readonly Piece[], automaton: State[], after: number): number {
  return pieces.reduceRight((next, piece) => {
    switch (piece.kind) {
      case "one":
        return addState(automaton, { kind: "one", fits: piece.fits, next });
      case "any-run":
        return addState(automaton, { kind: "loop", next });
      case "choice":
        return addState(automaton, {
          kind: "split",
          next: piece.options.map((option) => buildSequence(option, automaton, next)),
        });
    }
  }, after);
}

function accepts(automaton: readonly State[], start: number, foldedName: string): boolean {
  let live = new Set<number>();
  enter(automaton, start, live);
  for (const symbol of foldedName) {
    const following = new Set<number>();
    for (const at of live) {
      const state = automaton[at] as State;
      if (state.kind === "one" && state.fits(symbol)) enter(automaton, state.next, following);
      if (state.kind === "loop") enter(automaton, at, following);
    }
    if (following.size === 0) return false;
    live = following;
  }
  return [...live].some((at) => automaton[at]?.kind === "accept");
}

/** Adds a state and whatever is reached from it without reading. */
function enter(automaton: readonly State[], at: number, live: Set<number>): void {
  if (live.has(at)) return;
  live.add(at);
  const state = automaton[at] as State;
  if (state.kind === "loop") enter(automaton, state.next, live);
  if (state.kind === "split") for (const next of state.next) enter(automaton, next, live);
}
