import path from "node:path";
import type { Command } from "commander";
import type { Application } from "#main/compose.ts";
import { type FindStep, FoundFormat } from "#shared/contract/membership.ts";
import { nameConnection } from "#shared/domain/connection-name.ts";
import { failure } from "#shared/domain/failure.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { FoundGroup } from "#shared/domain/offboarding.ts";
import type { CommandResult } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { inTerminal } from "../in-terminal.ts";
import { choosePeople } from "../members/choose-people.ts";
import type { Conduct } from "../members/conduct-operation.ts";
import { describeHiddenGroups } from "../members/hidden-groups.ts";
import {
  addPlatformOptions,
  parseFoundFile,
  type PlatformOptions,
  platformsOf,
} from "../members/member-options.ts";
import { endWith, withConduct } from "../members/with-conduct.ts";
import { formatNoun } from "../members/time-words.ts";
import { openProgressLine } from "../progress-line.ts";
import { table } from "../terminal.ts";

interface LookOptions extends PlatformOptions {
  readonly out?: string;
}

/** What we are in a group, in words of both platforms. */
const RIGHTS: Readonly<Record<FoundGroup["ownRight"], string>> = {
  owner: "owner",
  rename: "admin who can rename",
  admin: "admin",
  member: "member",
  none: "not in it",
};

/** `muster members find|rights`: live looks at every group, which change nothing. */
export function addLookCommands(commandLine: CommandLine, members: Command): void {
  addOut(addPlatformOptions(commandLine.common(members.command("find <person>"))))
    .description("ask the platforms in which groups somebody is, and what we may do there")
    .action(async (person: string, options: LookOptions) => {
      await withConduct(commandLine, { ...options, patience: 0 }, async (application, how) => {
        const chosen = await choosePeople(application.membership, [person], how);
        if (!chosen.ok) return endWith(commandLine, chosen.error);
        return look(application, chosen.value[0] ?? null, options, how);
      });
    });

  addOut(addPlatformOptions(commandLine.common(members.command("rights"))))
    .description("ask the platforms for every group, and what we may do there")
    .action(async (options: LookOptions) => {
      await withConduct(commandLine, { ...options, patience: 0 }, (application, how) =>
        look(application, null, options, how),
      );
    });
}

function addOut(command: Command): Command {
  return command.option("--out <file>", "write a report: .xlsx or .json", parseFoundFile);
}

async function look(
  application: Application,
  personId: PersonId | null,
  options: LookOptions,
  { terminal, interrupted }: Conduct,
): Promise<CommandResult> {
  const { membership } = application;
  const found = await membership.find({ personId, platforms: platformsOf(options) }, interrupted);
  if (!found.ok) return { end: "failed", failure: found.error };
  const line = openProgressLine(terminal);
  let last: FindStep | null = null;
  for await (const step of found.value) {
    last = step;
    if (step.groups === null) line.show(`Asking ${step.done}/${step.total ?? "?"}`, "");
  }
  line.clear();
  if (last === null || last.groups === null) {
    const why = { ...failure("job/cancelled"), todo: "Ask again." };
    terminal.answerFailure(why);
    return { end: "cancelled" };
  }
  const { groups, problems } = last;
  terminal.answer({ personId, groups, problems });
  const head = ["PLATFORM", "GROUP", "WE ARE THERE", "WE MAY", "ACCOUNT", ""];
  if (groups.length > 0)
    for (const row of table([head, ...groups.map((group) => rowOf(group, personId !== null))]))
      terminal.say(row);
  terminal.say(
    personId === null
      ? `${formatNoun(groups.length, "group")}.`
      : `Found in ${formatNoun(groups.length, "group")}.`,
  );
  for (const { failure: problem, ...connection } of problems) {
    const why = inTerminal(problem);
    terminal.note(`${nameConnection(connection)}: ${why.message} ${why.todo} [${why.code}]`);
  }
  if (options.out !== undefined) {
    const format = FoundFormat.parse(path.extname(options.out).slice(1).toLowerCase());
    const written = await membership.writeFound({ personId, format, path: path.resolve(options.out) });
    if (!written.ok) return { end: "failed", failure: written.error };
    terminal.note(`Report: ${written.value.path}`);
  }
  const isAllKnown = personId === null || groups.every(({ presence }) => presence === "present");
  const hidden = personId === null ? null : describeHiddenGroups(groups, problems);
  if (hidden !== null) terminal.note(hidden);
  // Who has no account on a platform cannot be there: that is an answer.
  const isComplete = isAllKnown && problems.every(({ failure: why }) => why.code === "membership/no-account");
  return { end: isComplete ? "ok" : "partial" };
}

/** What we may change there; Slack does not tell, and what nobody could say has a question mark. */
function mayWords({ platform, ownRight, may }: FoundGroup): string {
  if (ownRight === "none") return "nothing";
  if (platform === "slack") return "not told";
  const words = (["rename", "add", "remove"] as const).flatMap((what) =>
    may[what] === false ? [] : [may[what] === true ? what : `${what}?`],
  );
  return words.length === 0 ? "nothing" : words.join(", ");
}

function rowOf(group: FoundGroup, isAboutPerson: boolean): string[] {
  const { platform, groupName, ownRight, connectionLabel, isArchived, isGeneral, presence } = group;
  const remarks = [
    ...(isArchived ? ["archived: nothing can be changed in it"] : []),
    ...(isGeneral ? ["the general channel: nobody can be taken out"] : []),
    ...(isAboutPerson && presence === "unknown" ? ["may be there, not known"] : []),
  ];
  return [
    platform,
    platform === "slack" ? `#${groupName}` : groupName,
    RIGHTS[ownRight],
    mayWords(group),
    connectionLabel,
    remarks.join(", "),
  ];
}
