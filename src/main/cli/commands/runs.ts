import type { Coverage } from "#main/features/coverage/index.ts";
import type { Run, RunComparison } from "#shared/domain/coverage.ts";
import type { Page } from "#shared/domain/page.ts";
import { parseReportFile } from "../audit-options.ts";
import type { CommonOptions } from "../command.ts";
import { findRunNamed } from "../name-run.ts";
import type { CommandLine } from "../command-line.ts";
import { describeReport } from "../report-answer.ts";
import { table } from "../terminal.ts";
import { withApplication } from "../with-application.ts";
import { writeReport } from "../write-report.ts";

/** `muster runs [list|show|compare]`: the audits that were made. */
export function addRunsCommand(commandLine: CommandLine): void {
  const { terminal } = commandLine;
  const runs = commandLine.program.command("runs").description("the audits that were made, newest first");

  commandLine
    .common(runs.command("list", { isDefault: true }))
    .description("list them")
    .action(async (options: CommonOptions) => {
      const result = await withApplication(commandLine, options, "read", async ({ coverage }) => {
        const items = await listAll(coverage);
        terminal.answer({ runs: items });
        const head = ["ID", "STARTED (UTC)", "STATE", "STRATEGY", "GROUPS", "PRESENT", "ABSENT", "UNKNOWN"];
        for (const line of items.length === 0 ? ["No audit yet."] : table([head, ...items.map(describeRun)]))
          terminal.say(line);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  commandLine
    .common(runs.command("show").argument("[run]", "its id, or latest", "latest"))
    .description("show one with all its results, or write it as a report")
    .option("--out <file>", "write a report: .xlsx, .csv or .json", parseReportFile)
    .action(async (name: string, options: CommonOptions & { out?: string }) => {
      const result = await withApplication(commandLine, options, "read", async ({ coverage, team }) => {
        const run = await findRunNamed(coverage, name);
        if (!run.ok) return { end: "failed", failure: run.error } as const;
        const report = await coverage.getReport(run.value.id);
        if (!report.ok) return { end: "failed", failure: report.error } as const;
        const { answer, lines } = describeReport(report.value, (await team.get()).team);
        terminal.answer(answer);
        for (const line of lines) terminal.say(line);
        if (options.out === undefined) return { end: "ok" } as const;
        // A nightly audit of one platform must not hide the others from whoever asks for the latest.
        const newest = name === "latest" ? await coverage.findReportDate({ runId: null }) : null;
        const written = await writeReport(coverage, newest?.ok ? null : run.value.id, options.out);
        if (!written.ok) return { end: "failed", failure: written.error } as const;
        terminal.note(
          `Report${newest?.ok ? " of the newest results of each platform" : ""}: ${written.value.path}`,
        );
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  commandLine
    .common(
      runs
        .command("compare")
        .argument("<before>", "the id of the older one")
        .argument("[after]", "the id of the newer one, or latest", "latest"),
    )
    .description("what changed between two")
    .action(async (before: string, after: string, options: CommonOptions) => {
      const result = await withApplication(commandLine, options, "read", async ({ coverage }) => {
        const older = await findRunNamed(coverage, before);
        if (!older.ok) return { end: "failed", failure: older.error } as const;
        const newer = await findRunNamed(coverage, after);
        if (!newer.ok) return { end: "failed", failure: newer.error } as const;
        const pair = { beforeRunId: older.value.id, afterRunId: newer.value.id };
        const compared = await coverage.compareRuns(pair);
        if (!compared.ok) return { end: "failed", failure: compared.error } as const;
        terminal.answer(compared.value);
        const lines = describeChanges(compared.value);
        for (const line of lines.length === 0 ? ["Nothing changed."] : lines) terminal.say(line);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });
}

async function listAll(coverage: Coverage): Promise<Run[]> {
  const items: Run[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Run> = await coverage.listRuns({ cursor, limit: 1_000 });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

function describeRun(run: Run): string[] {
  return [
    run.id,
    new Date(run.startedAtMs).toISOString(),
    run.state,
    run.strategy ?? "",
    String(run.groups),
    String(run.present),
    String(run.absent),
    String(run.unknown),
  ];
}

function describeChanges(compared: RunComparison): string[] {
  return [
    ...compared.newGaps.map((gap) => `new gap      ${gap.groupName}: ${gap.personName} (${gap.level})`),
    ...compared.closedGaps.map((gap) => `closed gap   ${gap.groupName}: ${gap.personName} (${gap.level})`),
    ...compared.newGroups.map((group) => `new group    ${group.name}`),
    ...compared.goneGroups.map((group) => `gone group   ${group.name}`),
    ...compared.renamedGroups.map((group) => `renamed      ${group.before} → ${group.after}`),
  ];
}
