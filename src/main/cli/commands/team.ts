import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { CommandResult, CommonOptions } from "../command.ts";
import type { CommandLine } from "../program.ts";
import { openTerminal } from "../terminal.ts";
import { withApplication } from "../with-application.ts";

/** `muster team import|export`: team and rules as one JSON file. */
export function addTeamCommand(commandLine: CommandLine): void {
  const team = commandLine.program.command("team").description("team members and rules as one JSON file");

  commandLine
    .common(team.command("import"))
    .description("replace team and rules by a file; a broken one changes nothing")
    .argument("<file>")
    .action(async (file: string, options: CommonOptions) => {
      commandLine.end(await importTeam(commandLine, file, options));
    });

  commandLine
    .common(team.command("export"))
    .description("write team and rules to a file, or to standard output")
    .argument("[file]")
    .action(async (file: string | undefined, options: CommonOptions) => {
      const result = await withApplication(commandLine, options, "read", async (application) => {
        const text = await application.team.exportText();
        if (file === undefined) {
          process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
          return { end: "ok" } as const;
        }
        const written = await writeText(file, text);
        if (!written.ok) return { end: "failed", failure: written.error } as const;
        const terminal = openTerminal(options.json === true);
        terminal.answer({ path: path.resolve(file) });
        terminal.say(`Wrote ${path.resolve(file)}.`);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });
}

async function importTeam(
  commandLine: CommandLine,
  file: string,
  options: CommonOptions,
): Promise<CommandResult> {
  const terminal = openTerminal(options.json === true);
  const text = await readText(file);
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

async function readText(file: string): Promise<Result<string, Failure>> {
  try {
    return ok(await readFile(file, "utf8"));
  } catch (error) {
    return err(failure("input/file-unreadable", { path: file, reason: String(error) }));
  }
}

async function writeText(file: string, text: string): Promise<Result<void, Failure>> {
  try {
    await writeFile(file, text);
    return ok(undefined);
  } catch (error) {
    return err(failure("input/file-unwritable", { path: file, reason: String(error) }));
  }
}
