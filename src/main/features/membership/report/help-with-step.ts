import { listSteps, type OperationStepRow } from "#main/store/queries/operation-steps.ts";
import type { StepHelp } from "#shared/contract/membership.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import { remedyFor } from "#shared/domain/remedy.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import { colleagueText, inVainText, linkText, nobodyText } from "../policy/help-words.ts";
import { type Helpers, slackHelpers, telegramHelpers } from "./who-may-help.ts";

/** More colleagues than this are more than anybody asks. */
const ASKED = 5;

const HELPED: readonly OperationStepRow["state"][] = ["refused", "failed"];

export interface StepHelpDoor {
  /**
   * What to do about a step that was refused. For somebody whom Telegram does not let us add it makes an invite link,
   * which goes into the answer and nowhere else; where we may not make one, and for every other refusal, it names the
   * colleagues who could, as the platform tells now. `input/not-found`, `membership/not-refused`, and what asking met.
   */
  helpWithStep(input: {
    readonly operationId: OperationId;
    readonly ordinal: number;
  }): Promise<Result<StepHelp, Failure>>;
}

export function createStepHelp(deps: MembershipDeps): StepHelpDoor {
  return {
    async helpWithStep({ operationId, ordinal }) {
      const filter = { operationId, states: [], search: "" };
      const [step] = await listSteps(deps.store.read, filter, { after: ordinal - 1, limit: 1 });
      if (step?.ordinal !== ordinal) return err(failure("input/not-found", { operationId, ordinal }));
      if (step.failure === null || !HELPED.includes(step.state))
        return err(failure("membership/not-refused", { operationId, ordinal }));
      const connections = await deps.connections.listAuditable();
      const connection = connections.find(({ id }) => id === step.connectionId);
      if (connection === undefined)
        return err(failure("input/not-found", { connectionId: step.connectionId }));
      return helpWith(deps, step, step.failure, connection);
    },
  };
}

async function helpWith(
  deps: MembershipDeps,
  step: OperationStepRow,
  met: Failure,
  connection: Connection,
): Promise<Result<StepHelp, Failure>> {
  const remedy = remedyFor(step.platform, step.action, met.code);
  if (remedy === "nothing") return ok(nobody(inVainText(step, met.message, met.todo)));
  if (remedy === "link") {
    const link = await makeLink(deps, step);
    if (link.ok) return ok({ how: "link", link: link.value, names: [], text: linkText(step, link.value) });
    // An account that may not make links asks those who may add; anything else is not about rights.
    if (!["telegram/admin-needed", "telegram/not-allowed"].includes(link.error.code)) return link;
  }
  const found =
    step.platform === "slack"
      ? await slackHelpers(deps, step, connection)
      : await telegramHelpers(deps, step, connection);
  return found.ok ? ok(ask(step, met, found.value)) : found;
}

function ask(step: OperationStepRow, met: Failure, { colleagues, strangers }: Helpers): StepHelp {
  const [first] = colleagues;
  if (first === undefined) return nobody(nobodyText(step, met.todo, strangers));
  const names = colleagues
    .slice(0, ASKED)
    .map(({ name, isConnected }) => (isConnected ? `${name} (connected to this Muster)` : name));
  return { how: "colleague", link: null, names, text: colleagueText(step, first.name) };
}

function nobody(text: string): StepHelp {
  return { how: "nobody", link: null, names: [], text };
}

/** Makes a link, and keeps that one was made, for whom and by what it was refused before; never the link. */
async function makeLink(deps: MembershipDeps, step: OperationStepRow): Promise<Result<string, Failure>> {
  const { groupId, groupKind, groupKey, groupName, personName, operationId, ordinal } = step;
  if (groupId === null || groupKind === null) return err(failure("input/not-found", { groupKey }));
  const session = await deps.connections.openTelegramSession(step.connectionId);
  if (!session.ok) return session;
  const link = await session.value.createInviteLink({
    group: { groupId, kind: groupKind },
    title: `For ${personName ?? "a colleague"}`,
    signal: new AbortController().signal,
  });
  await deps.store.write((writer) =>
    deps.activity.record(writer, {
      action: "operation.invite-link",
      target: groupKey,
      why: `${personName ?? "Somebody"} could not be added to ${groupName}`,
      outcome: link.ok ? "done" : "failed",
      details: { operationId, ordinal, ...(link.ok ? {} : { code: link.error.code }) },
    }),
  );
  return link;
}
