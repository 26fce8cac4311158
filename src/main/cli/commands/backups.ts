import path from "node:path";
import { listProfileBackups, restoreProfileBackup } from "#main/profile-backups.ts";
import { FailureError } from "#shared/domain/failure.ts";
import type { CommandResult, CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { table } from "../terminal.ts";
import { applicationOptions } from "../with-application.ts";

/** `muster backups list|restore`: the copies that Muster keeps of its database. */
export function addBackupsCommand(commandLine: CommandLine): void {
  const { terminal } = commandLine;
  const backups = commandLine.program
    .command("backups")
    .description("the copies that are kept of the database");

  commandLine
    .common(backups.command("list", { isDefault: true }))
    .description("list them, newest first")
    .action((options: CommonOptions) => {
      const items = listProfileBackups(applicationOptions(commandLine, options, "read")).map(
        ({ file, atMs }) => ({ name: path.basename(file), atMs, file }),
      );
      terminal.answer({ backups: items });
      const rows = items.map(({ name, atMs }) => [name, new Date(atMs).toISOString()]);
      for (const line of items.length === 0 ? ["No backup yet."] : table([["NAME", "MADE (UTC)"], ...rows]))
        terminal.say(line);
      commandLine.end({ end: "ok" });
    });

  commandLine
    .common(backups.command("restore <backup>"))
    .description("put one in the place of the database, which is set aside; by its name, or latest")
    .action(async (name: string, options: CommonOptions) => {
      commandLine.end(await restore(commandLine, name, options));
    });
}

async function restore(
  commandLine: CommandLine,
  name: string,
  options: CommonOptions,
): Promise<CommandResult> {
  const { terminal } = commandLine;
  try {
    const restored = await restoreProfileBackup(applicationOptions(commandLine, options, "write"), name);
    if (!restored.ok) return { end: "failed", failure: restored.error };
    const { backup, setAside } = restored.value;
    terminal.answer({ restored: path.basename(backup.file), atMs: backup.atMs, setAside });
    terminal.say(`Restored: everything is as it was on ${new Date(backup.atMs).toISOString()}.`);
    if (setAside !== null) terminal.say(`What was there lies untouched in ${setAside}`);
    return { end: "ok" };
  } catch (error) {
    if (error instanceof FailureError) return { end: "failed", failure: error.failure };
    throw error;
  }
}
