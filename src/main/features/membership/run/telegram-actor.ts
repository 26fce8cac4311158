import { randomBytes } from "node:crypto";
import { z } from "zod";
import type {
  TelegramGroup,
  TelegramGroupRef,
  TelegramSession,
} from "#main/platforms/telegram/telegram-session.ts";
import type { OperationStepRow } from "#main/store/queries/operation-steps.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { telegramGroupKeyOf } from "#shared/domain/ids.ts";
import { assert } from "#shared/lib/assert.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { Actor, MadeGroup, Reading, StepOutcome } from "./actor.ts";
import { forEachStep, nameOf, readingOfName, required } from "./step-reading.ts";

const GroupIds = z.array(z.string());

/** Changes and reads the groups of one Telegram account, one change at a time. */
export function createTelegramActor(session: TelegramSession): Actor {
  /** The account's own groups, listed when the first one is made, and those made since. */
  let ownGroups: TelegramGroup[] | null = null;

  async function actOnOne(
    step: OperationStepRow,
    signal: AbortSignal,
  ): Promise<Result<StepOutcome, Failure>> {
    switch (step.action) {
      case "add": {
        const added = await session.addToGroup({
          group: groupOf(step),
          userId: required(step.userId),
          signal,
        });
        return added.ok ? ok({ state: added.value === "added" ? "done" : "already-so" }) : added;
      }
      case "remove": {
        const userId = required(step.userId);
        const removed = await session.removeFromGroup({ group: groupOf(step), userId, signal });
        return removed.ok ? ok({ state: removed.value === "removed" ? "done" : "already-so" }) : removed;
      }
      case "rename": {
        const renaming = { group: groupOf(step), title: nameOf(step), signal };
        const lookAgain = async () => (await readOne(step, signal)).is === "not-so";
        return asOutcome(await session.renameGroup({ ...renaming, lookAgain }));
      }
      case "show-history":
      case "hide-history": {
        const visible = step.action === "show-history";
        return asOutcome(await session.setHistoryVisible({ group: groupOf(step), visible, signal }));
      }
      case "describe":
        return asOutcome(
          await session.setAbout({ group: groupOf(step), about: required(step.after), signal }),
        );
      case "create": {
        const made = await session.createGroup({ title: nameOf(step), about: "", signal });
        if (!made.ok) return made;
        ownGroups?.push(made.value);
        return ok({ state: "done", made: madeOf(made.value) });
      }
      case "welcome":
      case "send":
        return send(step, signal);
    }
  }

  async function send(step: OperationStepRow, signal: AbortSignal): Promise<Result<StepOutcome, Failure>> {
    const to = step.groupId === null ? { userId: required(step.userId) } : groupOf(step);
    const randomId = required(step.token);
    const sent = await session.sendMessage({ to, text: required(step.after), randomId, signal });
    if (!sent.ok) return sent;
    if (step.action === "send") return ok({ state: "done" });
    const { messageId } = sent.value;
    // A repetition is recognised, but Telegram does not say under which id the message is there.
    if (messageId === null) return ok({ state: "done", failure: failure("membership/not-pinned") });
    const pinned = await session.pinMessage({ group: groupOf(step), messageId, signal });
    return ok(pinned.ok ? { state: "done" } : { state: "done", failure: pinned.error });
  }

  async function readOne(step: OperationStepRow, signal: AbortSignal): Promise<Reading> {
    switch (step.action) {
      case "add":
      case "remove":
        return readMembership(step, signal);
      case "rename": {
        const group = await session.fetchGroup({ group: groupOf(step), signal });
        return group.ok ? readingOfName(step, group.value.title) : { is: "unknown", failure: group.error };
      }
      case "show-history":
      case "hide-history": {
        const facts = await session.fetchGroupFacts({ group: groupOf(step), signal });
        if (!facts.ok) return { is: "unknown", failure: facts.error };
        return { is: facts.value.isHistoryHidden === (step.action === "hide-history") ? "so" : "not-so" };
      }
      case "create":
        return findMade(step, signal);
      case "describe":
      case "welcome":
      case "send":
        assert(false, `no reading tells of a step like ${step.action}`);
    }
  }

  async function readMembership(step: OperationStepRow, signal: AbortSignal): Promise<Reading> {
    const group = groupOf(step);
    const userId = required(step.userId);
    const isIn = await (group.kind === "basic"
      ? isInBasicGroup(group, userId, signal)
      : isInSupergroup(group, userId, signal));
    if (!isIn.ok) return { is: "unknown", failure: isIn.error };
    return { is: isIn.value === (step.action === "add") ? "so" : "not-so" };
  }

  async function isInSupergroup(
    group: TelegramGroupRef,
    userId: string,
    signal: AbortSignal,
  ): Promise<Result<boolean, Failure>> {
    const membership = await session.fetchMembership({ group, userId, signal });
    return membership.ok ? ok(membership.value === "present") : membership;
  }

  /** Basic groups answer with everybody at once. */
  async function isInBasicGroup(
    group: TelegramGroupRef,
    userId: string,
    signal: AbortSignal,
  ): Promise<Result<boolean, Failure>> {
    const members = await session.fetchMembers({ group, cursor: null, signal });
    return members.ok ? ok(members.value.userIds.includes(userId)) : members;
  }

  /** Titles are not unique: the one that was made is ours, has the title, and was not there before. */
  async function findMade(step: OperationStepRow, signal: AbortSignal): Promise<Reading> {
    if (step.groupId !== null) {
      const group = await session.fetchGroup({ group: groupOf(step), signal });
      return group.ok ? { is: "so" } : { is: "unknown", failure: group.error };
    }
    const own = await listOwnGroups(signal);
    if (!own.ok) return { is: "unknown", failure: own.error };
    const before = new Set(GroupIds.parse(JSON.parse(required(step.token))));
    const found = own.value.find(({ title, groupId }) => title === nameOf(step) && !before.has(groupId));
    return found ? { is: "so", made: madeOf(found) } : { is: "not-so" };
  }

  async function listOwnGroups(signal: AbortSignal): Promise<Result<TelegramGroup[], Failure>> {
    const groups: TelegramGroup[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<TelegramSession["fetchGroups"]>> = await session.fetchGroups({
        cursor,
        signal,
      });
      if (!page.ok) return err(page.error);
      groups.push(...page.value.items.filter(({ right }) => right === "owner"));
      cursor = page.value.nextCursor;
    } while (cursor !== null);
    return ok(groups);
  }

  async function namesakes(step: OperationStepRow, signal: AbortSignal): Promise<Result<string, Failure>> {
    if (ownGroups === null) {
      const listed = await listOwnGroups(signal);
      if (!listed.ok) return listed;
      ownGroups = listed.value;
    }
    const ids = ownGroups.filter(({ title }) => title === nameOf(step)).map(({ groupId }) => groupId);
    return ok(JSON.stringify(ids));
  }

  return {
    batchesAtOnce: 1,
    async prepare(step, signal) {
      if (step.token !== null) return ok(step.token);
      if (step.action === "create") return namesakes(step, signal);
      const isMessage = step.action === "send" || step.action === "welcome";
      return ok(isMessage ? randomBytes(8).readBigInt64BE().toString() : null);
    },
    async clearUp(steps, signal) {
      for (const step of steps) {
        if (step.action !== "remove") continue;
        const userId = required(step.userId);
        const cleared = await session.liftRemovalBan({ group: groupOf(step), userId, signal });
        if (!cleared.ok) return cleared.error;
      }
      return null;
    },
    read: (steps, signal) => forEachStep(steps, (step) => readOne(step, signal)),
    async act(steps, signal) {
      const [step] = steps;
      assert(step && steps.length === 1, "Telegram changes one thing at a time");
      const outcome = await actOnOne(step, signal);
      return outcome.ok ? ok(new Map([[step.ordinal, outcome.value]])) : outcome;
    },
  };
}

function groupOf(step: OperationStepRow): TelegramGroupRef {
  return { groupId: required(step.groupId), kind: required(step.groupKind) };
}

function madeOf({ groupId, kind }: TelegramGroup): MadeGroup {
  assert(kind !== "broadcast", "a group that was made is a channel");
  return { groupKey: telegramGroupKeyOf(groupId, kind === "basic"), groupId, groupKind: kind };
}

function asOutcome(
  answer: Result<"changed" | "renamed" | "unchanged", Failure>,
): Result<StepOutcome, Failure> {
  return answer.ok ? ok({ state: answer.value === "unchanged" ? "already-so" : "done" }) : answer;
}
