import { composeApplication, composeDiagnosticsWithout } from "#main/compose.ts";
import type { CommandResult, CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { describeFailure } from "../terminal.ts";
import { applicationOptions } from "../with-application.ts";

/** `muster doctor`: looks at everything Muster stands on, also where its data folder cannot be opened. */
export function addDoctorCommand(commandLine: CommandLine): void {
  commandLine
    .common(commandLine.program.command("doctor"))
    .description("check runtime, keychain, database, network and clock")
    .action(async (options: CommonOptions) => {
      commandLine.end(await examine(commandLine, options));
    });
}

async function examine(commandLine: CommandLine, options: CommonOptions): Promise<CommandResult> {
  const { terminal } = commandLine;
  const opening = applicationOptions(commandLine, options, "read");
  const opened = await composeApplication(opening);
  const application = opened.ok ? opened.value : composeDiagnosticsWithout(opening, opened.error);
  try {
    const notices = opened.ok ? opened.value.notices.list() : [];
    for (const { failure } of notices) for (const line of describeFailure(failure)) terminal.note(line);
    const checks = await application.diagnostics.doctor();
    const ok = checks.every((check) => check.ok);
    terminal.answer({ ok, checks });
    for (const check of checks) {
      terminal.say(`${check.ok ? "ok  " : "FAIL"}  ${check.id.padEnd(9)} ${check.finding}`);
      if (check.todo) terminal.say(`${" ".repeat(16)}→ ${check.todo}`);
    }
    return { end: ok ? "ok" : "unsound" };
  } finally {
    await application.close();
  }
}
