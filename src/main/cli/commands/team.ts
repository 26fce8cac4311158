import path from "node:path";
import { writeTextFile } from "#main/documents/index.ts";
import type { CommandResult, CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { escapeControls } from "../terminal.ts";
import { readTextFile } from "../text-file.ts";
import { withApplication } from "../with-application.ts";

/** `muster team import|export`: team and rules as one JSON file. */
export function addTeamCommand(commandLine: CommandLine): void {
  const team = commandLine.program.command("team").description("team members and rules as one JSON file");

  commandLine
    .common(team.command("import"))
    .description("replace team and rules by a file; a broken one changes nothing")
    .argument(
      "<file>",
      "a team-and-rules file or an older customer_group_categories.json; - for standard input",
    )
    .action(async (file: string, options: CommonOptions) => {
      commandLine.end(await importTeam(commandLine, file, options));
    });

  commandLine
    .common(team.command("export"))
    .description("write team and rules to a file, or to standard output")
    .argument("[file]", "replaced when it exists; standard output unless given")
    .action(async (file: string | undefined, options: CommonOptions) => {
      commandLine.end(await exportTeam(commandLine, file, options));
    });
}

async function importTeam(
  commandLine: CommandLine,
  file: string,
  options: CommonOptions,
): Promise<CommandResult> {
  const { terminal } = commandLine;
  const text = await readTextFile(file);
  if (!text.ok) return { end: "failed", failure: text.error };
  return withApplication(commandLine, options, "write", async ({ team }) => {
    const imported = await team.importText(path.basename(file), text.value);
    if (imported.problems.length > 0) {
      terminal.answer({ imported: false, ...imported });
      for (const { line, path: where, problem } of imported.problems) {
        terminal.note(`${file}:${line ?? "?"}: ${where === "" ? "(whole file)" : where}: ${problem}`);
      }
      terminal.note(`Nothing was changed: ${imported.problems.length} problem(s).`);
      return { end: "usage" };
    }
    terminal.answer({ imported: true, ...imported });
    const { summary } = imported;
    if (summary) {
      terminal.say(
        `Imported: ${summary.membersAdded} members added, ${summary.membersChanged} changed, ` +
          `${summary.membersRemoved} removed; ${summary.categories} categories.`,
      );
    }
    return { end: "ok" };
  });
}

/** Without a file the exported text is the answer, with and without `--json`. */
async function exportTeam(
  commandLine: CommandLine,
  file: string | undefined,
  options: CommonOptions,
): Promise<CommandResult> {
  const { terminal } = commandLine;
  return withApplication(commandLine, options, "read", async ({ team }) => {
    const text = await team.exportText();
    if (file === undefined) {
      process.stdout.write(escapeControls(text.endsWith("\n") ? text : `${text}\n`));
      return { end: "ok" };
    }
    const written = await writeTextFile(file, text);
    if (!written.ok) return { end: "failed", failure: written.error };
    terminal.answer({ path: path.resolve(file) });
    terminal.say(`Wrote ${path.resolve(file)}.`);
    return { end: "ok" };
  });
}
