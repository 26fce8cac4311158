import {
  findHelpRequests,
  type HelpRequestRow,
  listHelpRequests,
  updateHelpRequest,
} from "#main/store/queries/help-requests.ts";
import { findOffboarding } from "#main/store/queries/offboardings.ts";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import type { HelpStep } from "#shared/contract/membership.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { GroupKey } from "#shared/domain/ids.ts";
import {
  type HelpPurpose,
  type HelpRequest,
  type HelpRequestId,
  type HelpRequestState,
  HelpTemplates,
  type OffboardingId,
} from "#shared/domain/offboarding.ts";
import type { OperationId, OutgoingMessage } from "#shared/domain/operation.ts";
import { escapeForSlack } from "#shared/domain/slack-text.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { type Counts, tellWhile } from "../find/tell-while.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import { readRequestsOf, readTasks } from "../offboarding/describe-offboarding.ts";
import type { PlanningDoor } from "../plan/planning.ts";
import { maySend } from "../policy/help-state.ts";
import { DEFAULT_HELP_TEMPLATES } from "../policy/help-text.ts";
import { checkRequests } from "./check-requests.ts";
import { describeRequests, readSendings } from "./describe-requests.ts";
import { type Prepared, prepareRequests, type Wanted } from "./prepare-requests.ts";

const TEMPLATES = "help-templates";

type Steps = AsyncGenerator<HelpStep, void, void>;

/** The help requests' part of the door. */
export interface HelpDoor {
  listHelpRequests(): Promise<HelpRequest[]>;
  prepareHelpRequests(
    input: {
      readonly purpose: HelpPurpose;
      readonly groupKeys: readonly GroupKey[] | null;
      readonly offboardingId: OffboardingId | null;
      readonly template: string;
    },
    signal: AbortSignal,
  ): Promise<Result<Steps, Failure>>;
  checkHelpRequests(signal: AbortSignal): Steps;
  setHelpRequest(input: {
    readonly helpRequestId: HelpRequestId;
    readonly state: HelpRequestState;
    readonly text: string;
    readonly note: string | null;
  }): Promise<Result<HelpRequest, Failure>>;
  sendHelpRequests(input: {
    readonly helpRequestIds: readonly HelpRequestId[];
  }): Promise<Result<{ operationId: OperationId }, Failure>>;
  getHelpTemplates(): Promise<HelpTemplates>;
  saveHelpTemplates(templates: HelpTemplates): Promise<HelpTemplates>;
}

export function createHelpRequests(deps: MembershipDeps, planning: PlanningDoor): HelpDoor {
  const { store, clock, activity } = deps;

  async function wantedOf(
    input: Parameters<HelpDoor["prepareHelpRequests"]>[0],
  ): Promise<Result<Wanted, Failure>> {
    const { offboardingId, purpose, template } = input;
    if (offboardingId === null) return ok({ ...input, leaving: null });
    const row = await findOffboarding(store.read, offboardingId);
    if (row === null) return err(failure("input/not-found", { offboardingId }));
    const { team } = await deps.team.get();
    const person = team.find(({ id }) => id === row.personId);
    const userIds = new Set((person?.identities ?? []).flatMap(({ userId }) => userId ?? []));
    const groupKeys = input.groupKeys ?? (await openGroupsOf(row, purpose));
    if (groupKeys.length === 0) return err(failure("membership/nothing-to-do", { offboardingId }));
    return ok({ purpose, template, offboardingId, groupKeys, leaving: { name: row.personName, userIds } });
  }

  /** The groups in which somebody else has to do something: hand over what the leaving person owns, or take them out. */
  async function openGroupsOf(
    row: NonNullable<Awaited<ReturnType<typeof findOffboarding>>>,
    purpose: HelpPurpose,
  ): Promise<GroupKey[]> {
    const requests = await readRequestsOf(store.read, await listHelpRequests(store.read), row);
    const tasks = await readTasks(store.read, row, requests);
    return tasks
      .filter(({ state, isOwner }) => state === "ask" && isOwner === (purpose === "ownership"))
      .map(({ groupKey }) => groupKey);
  }

  async function* told(
    signal: AbortSignal,
    work: Parameters<typeof tellWhile<Prepared, HelpStep>>[0]["work"],
  ): Steps {
    const counts: Counts = { done: 0, total: 0 };
    const tell = (): HelpStep => ({ ...counts, requests: null, problems: [] });
    const prepared = yield* tellWhile({ clock, signal, counts, work, tell });
    if (prepared === null) return;
    yield { ...counts, requests: [...prepared.requests], problems: prepared.problems };
  }

  async function setHelpRequest({
    helpRequestId,
    state,
    text,
    note,
  }: Parameters<HelpDoor["setHelpRequest"]>[0]): Promise<Result<HelpRequest, Failure>> {
    const isThere = await store.write(async (writer) => {
      const [row] = await findHelpRequests(writer, [helpRequestId]);
      if (row === undefined) return false;
      await updateHelpRequest(writer, helpRequestId, { state, text, note, updatedAtMs: clock.nowMs() });
      await activity.record(writer, {
        action: `help.${state}`,
        target: row.offboardingId ?? helpRequestId,
        why: note ?? row.groupName,
        outcome: "done",
        details: { helpRequestId, groupKey: row.groupKey, before: row.state },
      });
      store.afterCommit(() => deps.announce("offboardings"));
      return true;
    });
    const [described] = isThere
      ? await describeRequests(store.read, await findHelpRequests(store.read, [helpRequestId]))
      : [];
    return described === undefined ? err(failure("input/not-found", { helpRequestId })) : ok(described);
  }

  async function sendHelpRequests({
    helpRequestIds,
  }: Parameters<HelpDoor["sendHelpRequests"]>[0]): Promise<Result<{ operationId: OperationId }, Failure>> {
    const rows = await findHelpRequests(store.read, helpRequestIds);
    if (rows.length < new Set(helpRequestIds).size)
      return err(failure("input/not-found", { helpRequestIds: [...helpRequestIds] }));
    const sendings = await readSendings(store.read, rows);
    const messages = rows.filter((row) => maySend(row, sendings.get(row.id) ?? null)).flatMap(messageOf);
    if (messages.length === 0) return err(failure("membership/nothing-to-do"));
    return planning.plan({ kind: "message", messages }, undefined, async (writer, operationId) => {
      await activity.record(writer, {
        action: "help.sending-planned",
        target: commonOffboarding(rows),
        why: `${messages.length} messages`,
        outcome: "done",
        details: { operationId, helpRequestIds: messages.map((message) => message.helpRequestId) },
      });
      store.afterCommit(() => deps.announce("offboardings"));
    });
  }

  return {
    listHelpRequests: async () => describeRequests(store.read, await listHelpRequests(store.read)),

    async prepareHelpRequests(input, signal) {
      const wanted = await wantedOf(input);
      if (!wanted.ok) return wanted;
      return ok(told(signal, (pace) => prepareRequests(deps, wanted.value, pace)));
    },

    checkHelpRequests: (signal) => told(signal, (pace) => checkRequests(deps, pace)),

    setHelpRequest,
    sendHelpRequests,

    async getHelpTemplates() {
      const stored = HelpTemplates.safeParse(await findSetting(store.read, TEMPLATES));
      return stored.success ? stored.data : DEFAULT_HELP_TEMPLATES;
    },

    async saveHelpTemplates(templates) {
      await store.write(async (writer) => {
        await saveSetting(writer, TEMPLATES, templates);
        await activity.record(writer, {
          action: "help.templates-changed",
          outcome: "done",
          details: templates,
        });
        store.afterCommit(() => deps.announce("offboardings"));
      });
      return templates;
    },
  };
}

/** Nobody gets a message of which it is not known whom it goes to. */
function messageOf(row: HelpRequestRow): OutgoingMessage[] {
  const { id, connectionId, askUserId, askName, platform, text } = row;
  if (askUserId === null) return [];
  return [
    {
      connectionId,
      groupKey: null,
      userId: askUserId,
      toName: askName ?? askUserId,
      text: platform === "slack" ? escapeForSlack(text) : text,
      helpRequestId: id,
    },
  ];
}

function commonOffboarding(rows: readonly HelpRequestRow[]): OffboardingId | null {
  const ids = new Set(rows.map(({ offboardingId }) => offboardingId));
  const [only = null] = ids;
  return ids.size === 1 ? only : null;
}
