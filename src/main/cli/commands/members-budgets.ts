import { type Command, InvalidArgumentError } from "commander";
import { ChangeBudgets, DEFAULT_CHANGE_BUDGETS } from "#shared/domain/operation.ts";
import type { CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { table } from "../terminal.ts";
import { withApplication } from "../with-application.ts";

type BudgetOptions = CommonOptions & Partial<ChangeBudgets> & { readonly reset?: true };

const BUDGETS: Readonly<Record<keyof ChangeBudgets, { readonly flag: string; readonly words: string }>> = {
  invitesAnHour: { flag: "--invites-an-hour", words: "invites an hour" },
  invitesADay: { flag: "--invites-a-day", words: "invites a day" },
  renamesInFifteenMinutes: { flag: "--renames-in-fifteen-minutes", words: "renames in 15 minutes" },
  removalsAnHour: { flag: "--removals-an-hour", words: "removals an hour" },
  messagesAnHour: { flag: "--messages-an-hour", words: "messages an hour" },
};
const NAMES = Object.keys(BUDGETS) as (keyof ChangeBudgets)[];

/** `muster members budgets`: how many changes a Telegram account may make. */
export function addBudgetsCommand(commandLine: CommandLine, members: Command): void {
  const { terminal } = commandLine;
  const command = commandLine
    .common(members.command("budgets"))
    .description("show or lower how many changes a Telegram account may make; it holds from the next step on")
    .option("--reset", "back to the usual ones, which are the most there may be");
  for (const name of NAMES)
    command.option(`${BUDGETS[name].flag} <count>`, `at most ${BUDGETS[name].words}`, (text) =>
      parse(name, text),
    );
  command.action(async (options: BudgetOptions) => {
    const given = Object.fromEntries(
      NAMES.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
    ) as Partial<ChangeBudgets>;
    const isChange = options.reset === true || Object.keys(given).length > 0;
    const access = isChange ? "write" : "read";
    const result = await withApplication(commandLine, options, access, async ({ membership }) => {
      const settings = await membership.getSettings();
      const base = options.reset === true ? DEFAULT_CHANGE_BUDGETS : settings.budgets;
      const budgets = { ...base, ...given };
      if (isChange) {
        const saved = await membership.saveSettings({ ...settings, budgets });
        if (!saved.ok) return { end: "failed", failure: saved.error } as const;
      }
      terminal.answer({ budgets });
      const rows = NAMES.map((name) => [BUDGETS[name].words, String(budgets[name])]);
      for (const line of table(rows)) terminal.say(line);
      return { end: "ok" } as const;
    });
    commandLine.end(result);
  });
}

function parse(name: keyof ChangeBudgets, text: string): number {
  const count = ChangeBudgets.shape[name].safeParse(text.trim() === "" ? Number.NaN : Number(text));
  if (!count.success)
    throw new InvalidArgumentError(`a whole number from 1 to ${ChangeBudgets.shape[name].maxValue}`);
  return count.data;
}
