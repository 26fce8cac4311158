import { Argument, type Command, Option } from "commander";
import { failure } from "#shared/domain/failure.ts";
import type { AuditSchedule, ScheduleId } from "#shared/domain/schedule.ts";
import { DEFAULT_PATIENCE_S, parsePatience } from "../audit-options.ts";
import type { CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { listenForInterrupts } from "../interrupts.ts";
import { runTurns } from "../run-turns.ts";
import { table } from "../terminal.ts";
import { withApplication } from "../with-application.ts";

type Named = "slack" | "telegram";

interface SetOptions extends CommonOptions {
  readonly cron?: string;
  readonly timeZone?: string;
  readonly on?: true;
  readonly off?: true;
}

interface RunOptions extends CommonOptions {
  readonly due?: true;
  readonly patience: number;
}

const IDS: Readonly<Record<Named, ScheduleId>> = { slack: "slack-audit", telegram: "telegram-audit" };

/** `muster schedules list|set|run`: when audits start by themselves, and starting them without a window. */
export function addSchedulesCommand(commandLine: CommandLine): void {
  const { terminal } = commandLine;
  const schedules = commandLine.program
    .command("schedules")
    .description("when audits run by themselves, while the window is open");

  commandLine
    .common(schedules.command("list"))
    .description("show every schedule, its next time and its last turn")
    .action(async (options: CommonOptions) => {
      const result = await withApplication(commandLine, options, "read", async ({ insights }) => {
        const found = await insights.listSchedules();
        terminal.answer({ schedules: found });
        const head = ["AUDIT", "RULE", "TIME ZONE", "ON", "NEXT (UTC)", "LAST TURN"];
        for (const line of table([head, ...found.map(rowOf)])) terminal.say(line);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  commandLine
    .common(schedules.command("set <platform>"))
    .description("change the schedule of slack or telegram; what is left out stays")
    .option("--cron <fields>", "minute, hour, day of the month, month, day of the week")
    .option("--time-zone <zone>", "the time zone of the hours, as in Europe/Berlin")
    .addOption(new Option("--on", "switch it on").conflicts("off"))
    .addOption(new Option("--off", "switch it off"))
    .action(async (platform: string, options: SetOptions) => {
      const result = await withApplication(commandLine, options, "write", async ({ insights }) => {
        const id = IDS[platform as Named] as ScheduleId | undefined;
        const before = (await insights.listSchedules()).find((schedule) => schedule.id === id);
        if (!before) return { end: "failed", failure: failure("input/not-found", { platform }) } as const;
        const set = await insights.setSchedule({
          id: before.id,
          cron: options.cron ?? before.cron,
          timeZone: options.timeZone ?? before.timeZone,
          enabled: options.on === true || (options.off !== true && before.enabled),
        });
        if (!set.ok) return { end: "failed", failure: set.error } as const;
        terminal.answer({ schedule: set.value });
        const next = set.value.nextAtMs;
        terminal.say(next === null ? "It is off." : `Next at ${new Date(next).toISOString()}.`);
        return { end: "ok" } as const;
      });
      commandLine.end(result);
    });

  commandLine
    .common(schedules.command("run"))
    .description(
      "run the audits that are due, once, or that of one platform now; for cron and systemd timers",
    )
    .addArgument(new Argument("[platform]", "this one, whether it is due or not").choices(Object.keys(IDS)))
    .option("--due", "every schedule that is on and whose time has come; what is done without a platform")
    .option(
      "--patience <seconds>",
      "how long to stand still when nobody answers; waits for rate limits do not count",
      parsePatience,
      DEFAULT_PATIENCE_S,
    )
    .action(async (platform: Named | undefined, options: RunOptions, command: Command) => {
      if (platform !== undefined && options.due === true)
        command.error("error: name a platform, or ask for what is due with --due");
      const interrupts = listenForInterrupts(terminal);
      try {
        const result = await withApplication(commandLine, options, "write", (application) =>
          runTurns(application, platform === undefined ? "due" : IDS[platform], {
            terminal,
            interrupted: interrupts.signal,
            patienceMs: options.patience * 1_000,
          }),
        );
        commandLine.end(result);
      } finally {
        interrupts.stopListening();
      }
    });
}

function rowOf({ platform, cron, timeZone, enabled, nextAtMs, turns }: AuditSchedule): string[] {
  const [last] = turns;
  const missed = last && last.missed > 0 ? `, ${last.missed} missed` : "";
  return [
    platform,
    cron,
    timeZone,
    enabled ? "yes" : "no",
    nextAtMs === null ? "" : new Date(nextAtMs).toISOString(),
    last
      ? `${new Date(last.atMs).toISOString()} ${last.runState ?? last.outcome}${last.isLate ? ", late" : ""}${missed}`
      : "",
  ];
}
