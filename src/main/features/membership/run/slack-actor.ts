import type { SlackChannel, SlackPage, SlackSession } from "#main/platforms/slack/slack-session.ts";
import type { OperationStepRow } from "#main/store/queries/operation-steps.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { groupKeyOf } from "#shared/domain/ids.ts";
import { assert } from "#shared/lib/assert.ts";
import { asPartOfWhatWasSent } from "#shared/lib/not-sent.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { decideOnReadFailure } from "../policy/run-failure.ts";
import type { Actor, ByStep, Reading, StepOutcome } from "./actor.ts";
import { forEachStep, nameOf, readingOfName, required } from "./step-reading.ts";

/** Kept with the intent to add who was in the channel already, or to remove who was not: that is not ours. */
const WAS_SO = { add: "was-in", remove: "was-out" } as const;

/**
 * Changes and reads channels of one Slack workspace. Four batches at once stay well within every tier. `moved` says how
 * many people are to come into how many channels, and to leave how many.
 */
export function createSlackActor(
  session: SlackSession,
  workspaceId: string,
  moved: Readonly<Record<"add" | "remove", { readonly people: number; readonly groups: number }>>,
): Actor {
  /** After a call without an answer, or before the first one: a message is only begun when Slack answers. */
  let isDoubtful = true;

  /** What this process found when it first asked: what each person was in, or who was in each channel. */
  const before = new Map<string, Promise<Result<ReadonlySet<string>, Failure>>>();

  /**
   * Whether somebody was in a channel before they were invited, or removed, by the fewer calls. What met no answer is
   * settled by it. Slack's own record of who invited whom takes the right to read messages, and is not always written
   * (docs.slack.dev/reference/events/message/channel_join, checked 2026-11).
   */
  async function wasIn(
    step: OperationStepRow,
    action: "add" | "remove",
    signal: AbortSignal,
  ): Promise<Result<boolean, Failure>> {
    const [userId, channelId] = [required(step.userId), required(step.groupId)];
    if (moved[action].people < moved[action].groups) {
      const listed = await lookOnce(userId, () => listedOf(userId, signal));
      // Listings of people miss channels that are shared with others, so that they prove no absence.
      if (!listed.ok || listed.value.has(channelId) || action === "add")
        return listed.ok ? ok(listed.value.has(channelId)) : listed;
    }
    const members = await lookOnce(channelId, () => membersOf(channelId, signal));
    return members.ok ? ok(members.value.has(userId)) : members;
  }

  async function lookOnce(
    key: string,
    look: () => Promise<Result<ReadonlySet<string>, Failure>>,
  ): Promise<Result<ReadonlySet<string>, Failure>> {
    const asked = before.get(key) ?? look();
    before.set(key, asked);
    const found = await asked;
    // What may work in a moment is asked again for the next channel.
    if (!found.ok && decideOnReadFailure(found.error) !== "refuse") before.delete(key);
    return found;
  }

  async function listedOf(
    userId: string,
    signal: AbortSignal,
  ): Promise<Result<ReadonlySet<string>, Failure>> {
    const listed = await readAll((cursor) => session.fetchChannelsOfUser({ userId, cursor, signal }));
    return listed.ok ? ok(new Set(listed.value.map(({ id }) => id))) : listed;
  }

  async function membersOf(
    channelId: string,
    signal: AbortSignal,
  ): Promise<Result<ReadonlySet<string>, Failure>> {
    const members = await readAll((cursor) => session.fetchMembers({ channelId, cursor, signal }));
    return members.ok ? ok(new Set(members.value)) : members;
  }

  async function act(
    steps: readonly OperationStepRow[],
    signal: AbortSignal,
  ): Promise<Result<ByStep<StepOutcome>, Failure>> {
    const [first] = steps;
    assert(first, "a batch without steps");
    if (first.action === "add") return invite(first, steps, signal);
    assert(steps.length === 1, "only invitations go together");
    const outcome = await actOnOne(first, signal);
    return outcome.ok ? ok(new Map([[first.ordinal, outcome.value]])) : outcome;
  }

  async function invite(
    { groupId }: OperationStepRow,
    steps: readonly OperationStepRow[],
    signal: AbortSignal,
  ): Promise<Result<ByStep<StepOutcome>, Failure>> {
    const userIds = [...new Set(steps.map((step) => required(step.userId)))];
    const invited = await session.inviteToChannel({ channelId: required(groupId), userIds, signal });
    if (!invited.ok) return invited;
    const byUser = new Map(invited.value.map((answer) => [answer.userId, answer]));
    const outcomes = new Map<number, StepOutcome>();
    for (const step of steps) {
      const answer = byUser.get(required(step.userId));
      assert(answer, "an invitation that was not answered");
      if (answer.outcome === "refused")
        outcomes.set(step.ordinal, { state: "refused", failure: answer.failure });
      else outcomes.set(step.ordinal, { state: answer.outcome === "added" ? "done" : "already-so" });
    }
    return ok(outcomes);
  }

  async function actOnOne(
    step: OperationStepRow,
    signal: AbortSignal,
  ): Promise<Result<StepOutcome, Failure>> {
    switch (step.action) {
      case "remove": {
        const channelId = required(step.groupId);
        const removed = await session.removeFromChannel({ channelId, userId: required(step.userId), signal });
        if (!removed.ok) return removed;
        return ok({ state: removed.value === "removed" ? "done" : "already-so" });
      }
      case "rename": {
        const name = nameOf(step);
        const channelId = required(step.groupId);
        const lookAgain = async () => (await readOne(step, signal)).is === "not-so";
        const renamed = await session.renameChannel({ channelId, name, lookAgain, signal });
        return renamed.ok ? ok({ state: "done", after: renamed.value }) : renamed;
      }
      case "create": {
        const isPrivate = step.before === "private";
        const created = await session.createChannel({ name: nameOf(step), isPrivate, signal });
        return created.ok ? ok({ state: "done", made: madeOf(created.value) }) : created;
      }
      case "describe": {
        const topic = required(step.after);
        const set = await session.setTopic({ channelId: required(step.groupId), topic, signal });
        return set.ok ? ok({ state: "done" }) : set;
      }
      case "welcome":
      case "send":
        return write(step, signal);
      case "add":
      case "show-history":
      case "hide-history":
        assert(false, `no step of a Slack channel: ${step.action}`);
    }
  }

  async function write(step: OperationStepRow, signal: AbortSignal): Promise<Result<StepOutcome, Failure>> {
    const channelId = step.groupId ?? required(step.userId);
    const sent = await session.sendMessage({ channelId, text: required(step.after), signal });
    isDoubtful = !sent.ok;
    if (!sent.ok) return sent;
    if (step.action === "send") return ok({ state: "done" });
    const { messageId } = sent.value;
    const pinned = await asPartOfWhatWasSent(session.pinMessage({ channelId, messageId, signal }));
    return ok(pinned.ok ? { state: "done" } : { state: "done", failure: pinned.error });
  }

  function madeOf(channel: SlackChannel) {
    return { groupKey: groupKeyOf("slack", workspaceId, channel.id), groupId: channel.id, groupKind: null };
  }

  async function read(steps: readonly OperationStepRow[], signal: AbortSignal): Promise<ByStep<Reading>> {
    const people = steps.filter(({ action }) => action === "add" || action === "remove");
    const others = steps.filter((step) => !people.includes(step));
    const channels = new Set(people.map(({ groupId }) => groupId));
    const isOfOnePerson = new Set(people.map(({ userId }) => userId)).size === 1;
    const readings =
      isOfOnePerson && channels.size > 1
        ? await readListing(people, signal)
        : await readRosters(people, signal);
    return new Map([...readings, ...(await forEachStep(others, (step) => readOne(step, signal)))]);
  }

  /**
   * By everything that one person is in. Slack leaves out private channels that this account is not in, so an absence
   * counts where we took the person out ourselves, and is looked up otherwise.
   */
  async function readListing(
    steps: readonly OperationStepRow[],
    signal: AbortSignal,
  ): Promise<ByStep<Reading>> {
    const userId = required(steps[0]?.userId);
    const listed = await readAll((cursor) => session.fetchChannelsOfUser({ userId, cursor, signal }));
    if (!listed.ok) return unknown(steps, listed.error);
    const ids = new Set(listed.value.map(({ id }) => id));
    const isListed = (step: OperationStepRow) => ids.has(required(step.groupId));
    const doubtful = steps.filter((step) => step.action === "add" && !isListed(step));
    const settled = steps.filter((step) => !doubtful.includes(step));
    return new Map([
      ...settled.map((step) => [step.ordinal, presence(step, isListed(step))] as const),
      ...(await readRosters(doubtful, signal)),
    ]);
  }

  async function readRosters(
    steps: readonly OperationStepRow[],
    signal: AbortSignal,
  ): Promise<ByStep<Reading>> {
    const readings = new Map<number, Reading>();
    for (const [groupId, own] of Map.groupBy(steps, (step) => required(step.groupId))) {
      const members = await readAll((cursor) => session.fetchMembers({ channelId: groupId, cursor, signal }));
      if (!members.ok) {
        for (const [ordinal, reading] of unknown(own, members.error)) readings.set(ordinal, reading);
        continue;
      }
      const ids = new Set(members.value);
      for (const step of own) readings.set(step.ordinal, presence(step, ids.has(required(step.userId))));
    }
    return readings;
  }

  async function readOne(step: OperationStepRow, signal: AbortSignal): Promise<Reading> {
    if (step.action === "create") return findMade(step, signal);
    const channel = await session.fetchChannel({ channelId: required(step.groupId), signal });
    if (!channel.ok) return { is: "unknown", failure: channel.error };
    return readingOfName(step, channel.value.name);
  }

  /** Names are unique in a workspace: the channel of this name that we are in is the one that was made. */
  async function findMade(step: OperationStepRow, signal: AbortSignal): Promise<Reading> {
    if (step.groupId !== null) {
      const channel = await session.fetchChannel({ channelId: step.groupId, signal });
      return channel.ok ? { is: "so" } : { is: "unknown", failure: channel.error };
    }
    const channels = await readAll((cursor) => session.fetchChannels({ cursor, signal }));
    if (!channels.ok) return { is: "unknown", failure: channels.error };
    const found = channels.value.find(({ name, isMember }) => name === nameOf(step) && isMember);
    return found ? { is: "so", made: madeOf(found) } : { is: "not-so" };
  }

  return {
    batchesAtOnce: 4,
    async prepare(step, signal) {
      const { action } = step;
      if (action === "add" || action === "remove") {
        // Nobody but us was in a channel that this operation made.
        if (step.newGroup !== null) return ok(null);
        const found = await wasIn(step, action, signal);
        // Without an answer the change's own has to do; what stops everything, stops that, too.
        return ok(found.ok && found.value === (action === "add") ? WAS_SO[action] : null);
      }
      if (!isDoubtful || (action !== "send" && action !== "welcome")) return ok(null);
      const answered = await session.fetchIdentity({ signal });
      isDoubtful = !answered.ok;
      return answered.ok ? ok(null) : answered;
    },
    clearUp: () => Promise.resolve(null),
    read,
    act,
  };
}

function presence({ action, token }: OperationStepRow, isIn: boolean): Reading {
  if (isIn !== (action === "add")) return { is: "not-so" };
  return token === WAS_SO[isIn ? "add" : "remove"] ? { is: "so", since: "before" } : { is: "so" };
}

function unknown(steps: readonly OperationStepRow[], failure: Failure): ByStep<Reading> {
  return new Map(steps.map(({ ordinal }) => [ordinal, { is: "unknown", failure }]));
}

/** Every item of a listing; its failure when it cannot be read to its end. */
async function readAll<Item>(
  fetchPage: (cursor: string | null) => Promise<Result<SlackPage<Item>, Failure>>,
): Promise<Result<readonly Item[], Failure>> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Result<SlackPage<Item>, Failure> = await fetchPage(cursor);
    if (!page.ok) return err(page.error);
    items.push(...page.value.items);
    cursor = page.value.nextCursor;
  } while (cursor !== null);
  return ok(items);
}
