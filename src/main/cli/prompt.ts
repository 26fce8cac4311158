import type { ReadStream } from "node:tty";
import { printable } from "./terminal.ts";

/** Asks whoever is at standard input: a person at a terminal, or a program that writes one line for each question. */
export interface Prompt {
  /** A person is there, who can be asked again. */
  readonly isInteractive: boolean;
  /**
   * One line, without its end. Null when there is none any more: the input ended, or Ctrl+C. A hidden answer is not
   * shown while it is typed.
   */
  ask(question: string, options?: { readonly isHidden?: boolean }): Promise<string | null>;
  /** Lets go of standard input, so that the process can end. */
  close(): void;
}

/** Passwords, hashes and phone numbers are short; more than this in one line is a wrong file. */
const MOST_CHARACTERS = 10_000;

/** `say` writes a question where it does not mix with the answer of the command, and without a line end. */
export function openPrompt(say: (text: string) => void, input: NodeJS.ReadStream = process.stdin): Prompt {
  input.setEncoding("utf8");
  if (input.isTTY) {
    return {
      isInteractive: true,
      async ask(question, { isHidden = false } = {}) {
        // Before the question is there to be answered: the terminal itself shows what is typed until then.
        input.setRawMode(true);
        say(`${printable(question)} `);
        const line = await readTypedLine(input, isHidden ? () => undefined : say);
        say("\n");
        return line;
      },
      close: () => void input.pause(),
    };
  }
  const lines = linesOf(input);
  return {
    isInteractive: false,
    async ask() {
      const { value, done } = await lines.next();
      return done === true ? null : value;
    },
    close: () => void input.destroy(),
  };
}

async function* linesOf(input: NodeJS.ReadStream): AsyncGenerator<string, void, void> {
  let rest = "";
  for await (const chunk of input) {
    rest += String(chunk);
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      yield rest.slice(0, end).replace(/\r$/, "");
      rest = rest.slice(end + 1);
    }
    if (rest.length > MOST_CHARACTERS) return;
  }
  if (rest !== "") yield rest;
}

/** From a terminal in raw mode, which it leaves. Ends at Enter; Ctrl+C and Ctrl+D on an empty line mean that no answer comes. */
function readTypedLine(terminal: ReadStream, echo: (text: string) => void): Promise<string | null> {
  terminal.resume();
  return new Promise((resolve) => {
    let line = "";
    const finish = (answer: string | null): void => {
      terminal.off("data", onData).setRawMode(false).pause();
      resolve(answer);
    };
    const onData = (text: string): void => {
      for (const character of text) {
        if (character === "\r" || character === "\n") return finish(line);
        if (character === "\u0003" || (character === "\u0004" && line === "")) return finish(null);
        if (character === "\u007f" || character === "\b") {
          if (line !== "") echo("\b \b");
          line = [...line].slice(0, -1).join("");
        } else if (character >= " ") {
          line += character;
          echo(printable(character));
        }
      }
    };
    terminal.on("data", onData);
  });
}
