import type { ReadStream } from "node:tty";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

/** Slack's tokens have about a hundred characters; more than this is a wrong file. */
const mostCharacters = 10_000;

/**
 * Reads a token from standard input: all of it, or one line where a person types, who is asked for it and does not see
 * it. Fails with `input/file-invalid` when it is empty or far too long.
 */
export async function readToken(ask: (question: string) => void): Promise<Result<string, Failure>> {
  const { stdin } = process;
  if (stdin.isTTY) ask("Paste the token and press Enter (it is not shown):");
  const token = (stdin.isTTY ? await readHiddenLine(stdin) : await readAll(stdin)).trim();
  if (token === "") return err(refused("No token came in on standard input."));
  if (token.length > mostCharacters) return err(refused("That is far too long for a token."));
  return ok(token);
}

function refused(why: string): Failure {
  return failure("input/file-invalid", { path: "standard input" }, why);
}

async function readAll(stream: NodeJS.ReadStream): Promise<string> {
  let text = "";
  for await (const chunk of stream.setEncoding("utf8")) {
    text += String(chunk);
    if (text.length > mostCharacters + 1) break;
  }
  return text;
}

/** Ends at Enter or Ctrl+D; Ctrl+C is what it always is. */
function readHiddenLine(terminal: ReadStream): Promise<string> {
  terminal.setRawMode(true).setEncoding("utf8").resume();
  return new Promise((resolve) => {
    let line = "";
    const finish = (): void => {
      terminal.off("data", onData).setRawMode(false).pause();
      resolve(line);
    };
    const onData = (text: string): void => {
      for (const character of text) {
        if (character === "\r" || character === "\n" || character === "\u0004") return finish();
        if (character === "\u0003") {
          finish();
          process.kill(process.pid, "SIGINT");
          return;
        }
        line = character === "\u007f" || character === "\b" ? line.slice(0, -1) : line + character;
      }
    };
    terminal.on("data", onData);
  });
}
