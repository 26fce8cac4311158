import { type Command, Option } from "commander";
import type { Application } from "#main/compose.ts";
import type { HelpStep } from "#shared/contract/membership.ts";
import { nameConnection } from "#shared/domain/connection-name.ts";
import { failure } from "#shared/domain/failure.ts";
import {
  HelpPurpose,
  type HelpRequest,
  HelpRequestId,
  HelpRequestState,
} from "#shared/domain/offboarding.ts";
import type { CommandResult, CommonOptions } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { choosePeople } from "../members/choose-people.ts";
import type { Conduct } from "../members/conduct-operation.ts";
import { endWith, withConduct } from "../members/with-conduct.ts";
import { formatNoun } from "../members/time-words.ts";
import { openProgressLine } from "../progress-line.ts";
import { table } from "../terminal.ts";

interface ShowOptions extends CommonOptions {
  readonly texts?: true;
}

interface PrepareOptions extends ShowOptions {
  readonly for?: string;
  readonly template?: string;
}

interface MarkOptions extends CommonOptions {
  readonly note?: string;
}

const TEXTS = "with the messages, to be copied";

/** `muster members requests …`: whom to ask where our own rights end, and what they answered. */
export function addRequestsCommand(commandLine: CommandLine, members: Command): void {
  const requests = members
    .command("requests")
    .description("messages to those who can do in a group what we cannot, and what they answered");

  commandLine
    .common(requests.command("list", { isDefault: true }))
    .description("every request, the newest first")
    .option("--texts", TEXTS)
    .action(async (options: ShowOptions) => {
      await conduct(commandLine, options, async ({ membership }, how) => {
        show(await membership.listHelpRequests(), how, { texts: options.texts });
        return { end: "ok" };
      });
    });

  commandLine
    .common(requests.command("prepare"))
    .description("find whom to ask and write the messages; nothing is sent")
    .addArgument(requests.createArgument("<purpose>", "what for").choices(HelpPurpose.options))
    .option(
      "--for <person>",
      "somebody whose offboarding is open; else every Telegram group we may not rename",
    )
    .option("--texts", TEXTS)
    .option("--template <text>", "the message: {name}, {group}, {person}, {me}; else the one that is kept")
    .action(async (purpose: HelpPurpose, options: PrepareOptions, command: Command) => {
      if (purpose === "removal" && options.for === undefined)
        command.error("error: a removal is asked for somebody: name them with --for");
      await conduct(commandLine, options, (application, how) =>
        prepare(commandLine, application, { purpose, options }, how),
      );
    });

  commandLine
    .common(requests.command("check"))
    .description("ask the platforms whether the rights that were asked for have come")
    .action(async (options: CommonOptions) => {
      await conduct(commandLine, options, ({ membership }, how) =>
        follow(membership.checkHelpRequests(how.interrupted), how),
      );
    });

  commandLine
    .common(requests.command("mark <id>"))
    .description("note what became of a request")
    .addArgument(requests.createArgument("<state>", "how it stands").choices(HelpRequestState.options))
    .addOption(new Option("--note <text>", "what was answered"))
    .action(async (id: string, state: HelpRequestState, options: MarkOptions) => {
      await conduct(commandLine, options, async ({ membership }, how) => {
        const found = (await membership.listHelpRequests()).find((request) => request.id === id);
        if (found === undefined)
          return { end: "failed", failure: failure("input/not-found", { helpRequestId: id }) };
        const changed = await membership.setHelpRequest({
          helpRequestId: HelpRequestId.parse(id),
          state,
          text: found.text,
          note: options.note ?? found.note,
        });
        if (!changed.ok) return { end: "failed", failure: changed.error };
        show([changed.value], how);
        return { end: "ok" };
      });
    });
}

async function conduct(
  commandLine: CommandLine,
  options: CommonOptions,
  action: (application: Application, how: Conduct) => Promise<CommandResult>,
): Promise<void> {
  await withConduct(commandLine, { ...options, patience: 0 }, action);
}

async function prepare(
  commandLine: CommandLine,
  { membership }: Application,
  { purpose, options }: { readonly purpose: HelpPurpose; readonly options: PrepareOptions },
  how: Conduct,
): Promise<CommandResult> {
  let offboardingId = null;
  if (options.for !== undefined) {
    const chosen = await choosePeople(membership, [options.for], how);
    if (!chosen.ok) return endWith(commandLine, chosen.error);
    const open = (await membership.listOffboardings()).find(
      ({ personId, state }) => state === "open" && personId === chosen.value[0],
    );
    if (open === undefined)
      return {
        end: "failed",
        failure: failure("input/not-found", { person: options.for }, "No offboarding of theirs is open."),
      };
    offboardingId = open.id;
  }
  const template = options.template ?? (await membership.getHelpTemplates())[purpose];
  const steps = await membership.prepareHelpRequests(
    { purpose, groupKeys: null, offboardingId, template },
    how.interrupted,
  );
  return steps.ok ? follow(steps.value, how, options) : { end: "failed", failure: steps.error };
}

async function follow(
  steps: AsyncIterable<HelpStep>,
  how: Conduct,
  { texts }: ShowOptions = {},
): Promise<CommandResult> {
  const line = openProgressLine(how.terminal);
  let last: HelpStep | null = null;
  for await (const step of steps) {
    last = step;
    if (step.requests === null) line.show(`Asking ${step.done}/${step.total ?? "?"}`, "");
  }
  line.clear();
  if (last === null || last.requests === null) return { end: "cancelled" };
  show(last.requests, how, { texts, problems: last.problems });
  for (const { failure: why, ...connection } of last.problems)
    how.terminal.note(`${nameConnection(connection)}: ${why.message} ${why.todo} [${why.code}]`);
  return { end: last.problems.length > 0 ? "partial" : "ok" };
}

function show(
  requests: readonly HelpRequest[],
  { terminal }: Conduct,
  {
    texts,
    problems = [],
  }: { readonly texts?: true | undefined; readonly problems?: HelpStep["problems"] } = {},
): void {
  terminal.answer({ requests, problems });
  const head = ["ID", "GROUP", "FOR", "WHOM", "STATE", "NOTE"];
  const rows = requests.map(({ id, groupName, purpose, askName, state, note }) => [
    id,
    groupName,
    purpose,
    askName ?? "nobody is shown",
    state,
    note ?? "",
  ]);
  if (rows.length > 0) for (const row of table([head, ...rows])) terminal.say(row);
  for (const { groupName, askName, text } of texts === true ? requests : []) {
    terminal.say(`To ${askName ?? "whom it concerns"}, about ${groupName}:`);
    for (const line of text.split("\n")) terminal.say(`  ${line}`);
  }
  terminal.say(`${formatNoun(requests.length, "request")}.`);
}
