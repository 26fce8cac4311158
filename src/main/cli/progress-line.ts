import { printable, type Terminal } from "./terminal.ts";

/** How often a log file, which cannot redraw a line, hears about progress. */
const quietIntervalMs = 5_000;

const clearLine = "\r\u001b[2K";

/** Where a command says how far it is: one line redrawn in place on a terminal, a line now and then elsewhere. */
export interface ProgressLine {
  /** `news` is what is told at once wherever lines cannot be redrawn; numbers that only grow are not. */
  show(line: string, news: string): void;
  clear(): void;
}

/** On standard error. */
export function openProgressLine(terminal: Pick<Terminal, "note">): ProgressLine {
  const canRedraw = process.stderr.isTTY && process.env["TERM"] !== "dumb";
  let saidAtMs = 0;
  let said = "";
  let saidLine = "";
  return {
    show(line, news) {
      if (canRedraw) {
        // A line that wraps could not be taken back.
        process.stderr.write(clearLine + printable(line).slice(0, (process.stderr.columns || 80) - 1));
        return;
      }
      const isNews = news !== said;
      if (!isNews && (line === saidLine || performance.now() - saidAtMs < quietIntervalMs)) return;
      said = news;
      saidLine = line;
      saidAtMs = performance.now();
      terminal.note(line);
    },
    clear() {
      if (canRedraw) process.stderr.write(clearLine);
    },
  };
}
