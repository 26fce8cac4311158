import { InvalidArgumentError } from "commander";
import type { CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { table } from "../terminal.ts";
import { withApplication } from "../with-application.ts";

interface ListOptions extends CommonOptions {
  readonly search: string;
  readonly limit: number;
}

/** `muster activity list|verify`: the record of who did what, and the proof that nobody touched it. */
export function addActivityCommand(commandLine: CommandLine): void {
  const { terminal } = commandLine;
  const activity = commandLine.program
    .command("activity")
    .description("the append-only record of who did what");

  commandLine
    .common(activity.command("verify"))
    .description("find an edited, removed or reordered line")
    .action(async (options: CommonOptions) => {
      const result = await withApplication(commandLine, options, "read", async (application) => {
        const verification = await application.activity.verify();
        terminal.answer(verification);
        terminal.say(
          verification.intact
            ? `Intact: ${verification.entries} lines, each following from the one before.`
            : `Broken at line ${verification.brokenAtSeq} (${verification.problem}): ${verification.explanation}`,
        );
        return { end: verification.intact ? "ok" : "unsound" } as const;
      });
      commandLine.end(result);
    });

  commandLine
    .common(activity.command("list"))
    .description("show the newest lines")
    .option("--search <text>", "only lines that contain this", "")
    .option("--limit <count>", "how many", parseLimit, 50)
    .action(async (options: ListOptions) => {
      const result = await withApplication(commandLine, options, "read", async (application) => {
        const page = await application.activity.list({
          cursor: null,
          limit: options.limit,
          search: options.search,
        });
        terminal.answer(page);
        const rows = page.items.map((entry) => [
          String(entry.seq),
          new Date(entry.atMs).toISOString(),
          entry.actor,
          entry.action,
          entry.target ?? "",
          entry.outcome,
        ]);
        const head = ["#", "WHEN (UTC)", "WHO", "WHAT", "ON", "OUTCOME"];
        for (const line of rows.length === 0 ? ["Nothing recorded."] : table([head, ...rows]))
          terminal.say(line);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) throw new InvalidArgumentError("1 to 1000");
  return limit;
}
