import type { Run } from "#shared/domain/coverage.ts";
import { RunId } from "#shared/domain/ids.ts";
import type { Page } from "#shared/domain/page.ts";
import type { CommonOptions } from "../command.ts";
import type { CommandLine } from "../program.ts";
import { describeReport } from "../report-answer.ts";
import { openTerminal, table } from "../terminal.ts";
import { withApplication } from "../with-application.ts";
import { writeReport } from "../write-report.ts";

/** `muster runs [list|show|compare]`: the audits that were made. */
export function addRunsCommand(commandLine: CommandLine): void {
  const runs = commandLine.program.command("runs").description("the audits that were made, newest first");

  commandLine
    .common(runs.command("list", { isDefault: true }))
    .description("list them")
    .action(async (options: CommonOptions) => {
      const terminal = openTerminal(options.json === true);
      const result = await withApplication(commandLine, options, "read", async ({ coverage }) => {
        const items: Run[] = [];
        let cursor: string | null = null;
        do {
          const page: Page<Run> = await coverage.listRuns({ cursor, limit: 1_000 });
          items.push(...page.items);
          cursor = page.nextCursor;
        } while (cursor !== null);
        terminal.answer({ runs: items });
        const rows = items.map((run) => [
          run.id,
          new Date(run.startedAtMs).toISOString(),
          run.state,
          run.strategy ?? "",
          String(run.groups),
          String(run.present),
          String(run.absent),
          String(run.unknown),
        ]);
        const head = ["ID", "STARTED (UTC)", "STATE", "STRATEGY", "GROUPS", "PRESENT", "ABSENT", "UNKNOWN"];
        for (const line of items.length === 0 ? ["No audit yet."] : table([head, ...rows]))
          terminal.say(line);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  commandLine
    .common(runs.command("show").argument("<run>"))
    .description("show one with all its results, or write it as a report")
    .option("--out <file>", "write a report: .xlsx, .csv or .json")
    .action(async (id: string, options: CommonOptions & { out?: string }) => {
      const terminal = openTerminal(options.json === true);
      const result = await withApplication(commandLine, options, "read", async ({ coverage, team }) => {
        const runId = RunId.parse(id);
        const report = await coverage.getReport(runId);
        if (!report.ok) return { end: "failed", failure: report.error } as const;
        if (options.out !== undefined) {
          const written = await writeReport(coverage, runId, options.out);
          if (!written.ok) return { end: "failed", failure: written.error } as const;
          terminal.note(`Report: ${written.value.path}`);
        }
        const { answer, lines } = describeReport(report.value, (await team.get()).team);
        terminal.answer(answer);
        for (const line of lines) terminal.say(line);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  commandLine
    .common(runs.command("compare").argument("<before>").argument("<after>"))
    .description("what changed between two")
    .action(async (before: string, after: string, options: CommonOptions) => {
      const terminal = openTerminal(options.json === true);
      const result = await withApplication(commandLine, options, "read", async ({ coverage }) => {
        const compared = await coverage.compareRuns({
          beforeRunId: RunId.parse(before),
          afterRunId: RunId.parse(after),
        });
        if (!compared.ok) return { end: "failed", failure: compared.error } as const;
        const { newGaps, closedGaps, newGroups, goneGroups, renamedGroups } = compared.value;
        terminal.answer(compared.value);
        for (const gap of newGaps)
          terminal.say(`new gap      ${gap.groupName}: ${gap.personName} (${gap.level})`);
        for (const gap of closedGaps)
          terminal.say(`closed gap   ${gap.groupName}: ${gap.personName} (${gap.level})`);
        for (const group of newGroups) terminal.say(`new group    ${group.name}`);
        for (const group of goneGroups) terminal.say(`gone group   ${group.name}`);
        for (const group of renamedGroups) terminal.say(`renamed      ${group.before} → ${group.after}`);
        const changes =
          newGaps.length + closedGaps.length + newGroups.length + goneGroups.length + renamedGroups.length;
        if (changes === 0) terminal.say("Nothing changed.");
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });
}
