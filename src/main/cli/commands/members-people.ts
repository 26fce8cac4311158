import type { Command } from "commander";
import type { PeopleChoice, Targets } from "#shared/domain/operation.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { Application } from "#main/compose.ts";
import type { CommandLine } from "../command-line.ts";
import { chooseGroups } from "../members/choose-groups.ts";
import { choosePeople } from "../members/choose-people.ts";
import { type Conduct, conductRequest } from "../members/conduct-operation.ts";
import {
  addGroupOptions,
  addPlatformOptions,
  addRunOptions,
  type ChangeOptions,
  findContradiction,
  platformsOf,
} from "../members/member-options.ts";
import type { UsageProblem } from "../members/usage-problem.ts";
import { endWith, withConduct } from "../members/with-conduct.ts";

interface AddOptions extends ChangeOptions {
  readonly gaps?: true;
  readonly optional?: true;
  readonly role?: string;
}

interface RemoveOptions extends ChangeOptions {
  readonly all?: true;
  readonly role?: string;
}

const notes = `Nothing is changed without --yes. Without --groups and --category, every customer group of the newest audits is meant.
Whoever a word fits several of is asked about in a terminal, and elsewhere the command ends with the candidates.`;

/** `muster members add|remove`: who is to be where, and who no longer. */
export function addPeopleCommands(commandLine: CommandLine, members: Command): void {
  addGroupOptions(addPlatformOptions(addRunOptions(commandLine, members.command("add [people...]"))))
    .description("put people into groups")
    .option(
      "--gaps",
      "only where the newest audits prove that they are missing and must be; everyone unless named",
    )
    .option("--optional", "with --gaps: also where they should be")
    .option("--role <role>", "everybody of this role")
    .addHelpText("after", `\n${notes}`)
    .action(async (people: string[], options: AddOptions, command: Command) => {
      const problem = findContradiction(options) ?? findPeopleProblem(people, options);
      if (problem !== null) command.error(`error: ${problem}`);
      await withConduct(commandLine, options, async (application, how) => {
        const chosen = await chooseTargets(application, { people, options, how, purpose: "add" });
        if (!chosen.ok) return endWith(commandLine, chosen.error);
        const { targets, groupLines } = chosen.value;
        const request = { kind: "add", targets, platforms: platformsOf(options) } as const;
        return conductRequest(application, request, { ...how, groupLines });
      });
    });

  addGroupOptions(addPlatformOptions(addRunOptions(commandLine, members.command("remove [people...]"))))
    .description("take people out of groups, where we may")
    .option("--all", "from every customer group")
    .option("--role <role>", "everybody of this role")
    .addHelpText(
      "after",
      `\n${notes}\nRemovals have to be typed: in a terminal they are asked for, elsewhere --confirm "remove 37" says them.`,
    )
    .action(async (people: string[], options: RemoveOptions, command: Command) => {
      const isNamed = options.groups !== undefined || options.category !== undefined;
      const problem =
        findContradiction(options) ??
        findPeopleProblem(people, options) ??
        (isNamed === (options.all === true)
          ? "name the groups by one of --groups, --category and --all"
          : null);
      if (problem !== null) command.error(`error: ${problem}`);
      await withConduct(commandLine, options, async (application, how) => {
        const chosen = await chooseTargets(application, { people, options, how, purpose: "remove" });
        if (!chosen.ok) return endWith(commandLine, chosen.error);
        const { targets, groupLines } = chosen.value;
        const request = { kind: "remove", targets, platforms: platformsOf(options) } as const;
        return conductRequest(application, request, { ...how, groupLines });
      });
    });
}

function findPeopleProblem(people: readonly string[], options: AddOptions): string | null {
  if (options.optional === true && options.gaps !== true) return "option '--optional' needs --gaps";
  if (people.length > 0 && options.role !== undefined) return "name people, or a role with --role";
  const isNobody = people.length === 0 && options.role === undefined && options.gaps !== true;
  return isNobody ? "name people, or a role with --role" : null;
}

async function chooseTargets(
  application: Application,
  about: {
    readonly people: readonly string[];
    readonly options: AddOptions;
    readonly how: Conduct;
    readonly purpose: "add" | "remove";
  },
): Promise<
  Result<
    { targets: Targets; groupLines: NonNullable<Conduct["groupLines"]> | null },
    Parameters<typeof endWith>[1]
  >
> {
  const { options, how } = about;
  const people = await choosePeopleOf(application, about);
  if (!people.ok) return people;
  const groups = await chooseGroups(application, options, {
    platforms: platformsOf(options),
    isToRun: options.yes === true,
    terminal: how.terminal,
  });
  if (!groups.ok) return groups;
  const both = { people: people.value, groups: groups.value.choice };
  const targets: Targets =
    options.gaps === true
      ? { by: "gap", ...both, optional: options.optional === true }
      : { by: "cross", ...both };
  return ok({ targets, groupLines: groups.value.lines });
}

async function choosePeopleOf(
  { membership, team }: Application,
  {
    people,
    options,
    how,
  }: { readonly people: readonly string[]; readonly options: AddOptions; readonly how: Conduct },
): Promise<Result<PeopleChoice, UsageProblem>> {
  if (options.role !== undefined) {
    const roles = [...new Set((await team.get()).team.flatMap(({ role }) => role ?? []))];
    const wanted = options.role.trim().toLowerCase();
    const role = roles.find((one) => one.trim().toLowerCase() === wanted);
    if (role !== undefined) return ok({ by: "role", role });
    return err({
      message: "There is no such role; nothing was done.",
      words: { [options.role]: "nobody of the team has it" },
      todo: `There are: ${roles.join(", ")}.`,
    });
  }
  if (people.length === 0) return ok({ by: "everyone" });
  const chosen = await choosePeople(membership, people, how);
  return chosen.ok ? ok({ by: "person", personIds: chosen.value }) : chosen;
}
