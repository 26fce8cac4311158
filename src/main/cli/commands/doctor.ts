import type { CommonOptions } from "../command.ts";
import { withApplication } from "../with-application.ts";
import type { CommandLine } from "../program.ts";
import { openTerminal } from "../terminal.ts";

/** `muster doctor`: looks at everything Muster stands on. */
export function addDoctorCommand(commandLine: CommandLine): void {
  commandLine
    .common(commandLine.program.command("doctor"))
    .description("check runtime, keychain, database, network and clock")
    .action(async (options: CommonOptions) => {
      const terminal = openTerminal(options.json === true);
      const result = await withApplication(commandLine, options, "read", async ({ diagnostics }) => {
        const checks = await diagnostics.doctor();
        terminal.answer({ ok: checks.every((check) => check.ok), checks });
        for (const check of checks) {
          terminal.say(`${check.ok ? "ok  " : "FAIL"}  ${check.id.padEnd(9)} ${check.finding}`);
          if (check.todo) terminal.say(`${" ".repeat(16)}→ ${check.todo}`);
        }
        return { end: checks.every((check) => check.ok) ? "ok" : "unsound" } as const;
      });
      commandLine.end(result);
    });
}
