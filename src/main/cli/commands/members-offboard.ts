import { statSync } from "node:fs";
import path from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { Application } from "#main/compose.ts";
import type { OffboardingDetail } from "#shared/contract/membership.ts";
import { nameAt } from "#shared/domain/connection-name.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { OffboardingId, OffboardingTask } from "#shared/domain/offboarding.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { CommandResult } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { choosePeople } from "../members/choose-people.ts";
import type { Conduct } from "../members/conduct-operation.ts";
import { addWaitOptions } from "../members/member-options.ts";
import { waitForOperation } from "../members/wait-for-operation.ts";
import { endWith, withConduct } from "../members/with-conduct.ts";
import { openProgressLine } from "../progress-line.ts";
import { table } from "../terminal.ts";

interface OffboardOptions {
  readonly profile?: string;
  readonly json?: boolean;
  readonly yes?: true;
  readonly confirm?: string;
  readonly patience: number;
  readonly out?: string;
  readonly evidence?: string;
  readonly close?: true;
}

const KINDS = ["membership.plan", "membership.run", "membership.report"];

const notes = `It can be called again at any time, for weeks: it goes on with the offboarding that is open. Without --yes
nobody is taken out of anything: the platforms are asked, and the list of what is left to do is kept.
What somebody else has to do: muster members requests.`;

/** `muster members offboard`: finds a leaving person everywhere, takes them out where we may, and proves it. */
export function addOffboardCommand(commandLine: CommandLine, members: Command): void {
  addWaitOptions(commandLine.common(members.command("offboard <person>")))
    .description(
      "find a leaving person everywhere, take them out where we may, and keep the list of the rest",
    )
    .option("--yes", "take them out where we may")
    .option("--confirm <text>", "with --yes: what has to be typed, as in “remove 37”")
    .option("--close", "close it once nothing is open")
    .option("--evidence <folder>", "write the signed evidence into a new folder there", parseFolder)
    .addHelpText("after", `\n${notes}`)
    .action(async (word: string, options: OffboardOptions, command: Command) => {
      if (options.confirm !== undefined && options.yes !== true)
        command.error("error: option '--confirm' needs --yes");
      await withConduct(commandLine, options, async (application, how) => {
        const chosen = await choosePeople(application.membership, [word], how);
        if (!chosen.ok) return endWith(commandLine, chosen.error);
        const [personId] = chosen.value;
        if (personId === undefined) return failed(failure("membership/nobody-matches", { name: word }));
        return offboard(application, personId, options, how);
      });
    });
}

async function offboard(
  application: Application,
  personId: PersonId,
  options: OffboardOptions,
  how: Conduct,
): Promise<CommandResult> {
  const { membership } = application;
  const offboardingId = await findOrStart(application, personId);
  if (!offboardingId.ok) return failed(offboardingId.error);
  let checked = await check(application, offboardingId.value, how);
  if (!checked.ok) return endOf(checked.error);
  let operationId: OperationId | null = null;
  let end: "ok" | "partial" = "ok";
  if (options.yes === true && checked.value.offboarding.counts.remove > 0) {
    const removed = await remove(application, offboardingId.value, how);
    if (!removed.ok) return endOf(removed.error);
    operationId = removed.value;
    checked = await check(application, offboardingId.value, how);
    if (!checked.ok) return endOf(checked.error);
  }
  if (options.close === true) {
    const closed = await membership.closeOffboarding({ offboardingId: offboardingId.value, state: "done" });
    if (!closed.ok && closed.error.code !== "membership/offboarding-open") return failed(closed.error);
    if (!closed.ok) {
      how.terminal.note(`${closed.error.message} ${closed.error.todo}`);
      end = "partial";
    }
  }
  const evidence =
    options.evidence === undefined
      ? null
      : await membership.writeEvidence({
          offboardingId: offboardingId.value,
          folder: path.resolve(options.evidence),
        });
  if (evidence !== null && !evidence.ok) return failed(evidence.error);
  const shown = await membership.getOffboarding({ offboardingId: offboardingId.value });
  if (!shown.ok) return failed(shown.error);
  tell(shown.value, how, { operationId, evidence: evidence?.value.folder ?? null });
  const isWhole = shown.value.notAsked.every(({ blocks }) => !blocks);
  return { end: isWhole ? end : "partial" };
}

async function findOrStart(
  { membership }: Application,
  personId: PersonId,
): Promise<Result<OffboardingId, Failure>> {
  const open = (await membership.listOffboardings()).find(
    (each) => each.personId === personId && each.state === "open",
  );
  if (open !== undefined) return ok(open.id);
  const started = await membership.startOffboarding({ personId });
  return started.ok ? ok(started.value.id) : started;
}

async function check(
  { membership }: Application,
  offboardingId: OffboardingId,
  { terminal, interrupted }: Conduct,
): Promise<Result<OffboardingDetail, Failure>> {
  const steps = await membership.checkOffboarding({ offboardingId }, interrupted);
  if (!steps.ok) return steps;
  const line = openProgressLine(terminal);
  let detail: OffboardingDetail | null = null;
  for await (const step of steps.value) {
    detail = step.detail;
    if (detail === null) line.show(`Asking ${step.done}/${step.total ?? "?"}`, "");
  }
  line.clear();
  return detail === null
    ? err({ ...failure("job/cancelled"), todo: "Nothing of it was kept. Ask again." })
    : ok(detail);
}

/** Plans the removal, confirms it and waits for its end; what it did not do is in the list afterwards. */
async function remove(
  application: Application,
  offboardingId: OffboardingId,
  how: Conduct,
): Promise<Result<OperationId, Failure>> {
  const { membership, jobs } = application;
  const planned = await membership.planOffboarding({ offboardingId });
  if (!planned.ok) return planned;
  const { operationId } = planned.value;
  for (const { id, title, state } of (await membership.list({ cursor: null, limit: 100 })).items) {
    if (id !== operationId && (state === "running" || state === "waiting"))
      how.terminal.note(`Meanwhile going on with “${title}” (${id}), which was confirmed before.`);
  }
  await jobs.start({ schedules: false, kinds: KINDS });
  const rest = await waitForOperation(application, operationId, how);
  if (!rest.rests) return err(rest.gaveUpOn ?? failure("job/cancelled"));
  const plan = await membership.get({ operationId });
  if (!plan.ok) return plan;
  const { typedConfirmation: wanted } = plan.value;
  // Everything turned out to be so already, or refused: there is nothing to confirm.
  if (plan.value.counts.planned === 0) return ok(operationId);
  const typed =
    how.confirm ??
    (wanted !== null && how.prompt.isInteractive
      ? await how.prompt.ask(`Type “${wanted}” to confirm:`)
      : null);
  const confirmed = await membership.confirm({ operationId, typed });
  if (!confirmed.ok) {
    how.terminal.note(
      `The plan is kept: muster members run ${operationId} --yes --confirm "${wanted ?? ""}"`,
    );
    return confirmed;
  }
  const ended = await waitForOperation(application, operationId, how);
  if (ended.rests) await membership.settleLogs({ operationId });
  else {
    await jobs.stop();
    return err(ended.gaveUpOn ?? failure("job/cancelled"));
  }
  return ok(operationId);
}

const STATES: Readonly<Record<OffboardingTask["state"], string>> = {
  remove: "we may remove",
  ask: "somebody to ask",
  asked: "asked",
  unknown: "NOT KNOWN",
  kept: "kept",
  gone: "gone",
};

function tell(
  detail: OffboardingDetail,
  { terminal }: Conduct,
  done: { readonly operationId: OperationId | null; readonly evidence: string | null },
): void {
  const { offboarding, tasks, notAsked } = detail;
  terminal.answer({ ...detail, ...done });
  const head = ["PLATFORM", "GROUP", "STATE", "WHY"];
  const rows = tasks.map(({ platform, groupName, state, note }) => [
    platform,
    platform === "slack" ? `#${groupName}` : groupName,
    STATES[state],
    note ?? "",
  ]);
  if (rows.length > 0) for (const row of table([head, ...rows])) terminal.say(row);
  const { counts, personName, state } = offboarding;
  terminal.say(
    `${personName} (${state}): ${counts.gone} gone, ${counts.remove} to remove, ${counts.ask + counts.asked} for somebody else, ${counts.unknown} not known, ${counts.kept} kept.`,
  );
  if (counts.remove > 0 && state === "open")
    terminal.say(
      `To take them out where we may: muster members offboard ${offboarding.personId} --yes --confirm "remove ${counts.remove}"`,
    );
  if (offboarding.deactivatedIn.length > 0)
    terminal.note(`Deactivated in ${offboarding.deactivatedIn.join(", ")}: those groups cannot be listed.`);
  for (const { platform, label, why } of notAsked) terminal.note(`${nameAt(platform, label)}: ${why}`);
  if (done.operationId !== null) terminal.note(`Operation: ${done.operationId}`);
  if (done.evidence !== null) terminal.note(`Evidence: ${done.evidence}`);
}

function endOf(why: Failure): CommandResult {
  return why.code === "job/cancelled" ? { end: "cancelled" } : failed(why);
}

function failed(why: Failure): CommandResult {
  return { end: "failed", failure: why };
}

function parseFolder(folder: string): string {
  const found = statSync(path.resolve(folder), { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) throw new InvalidArgumentError(`there is no folder ${folder}`);
  return folder;
}
