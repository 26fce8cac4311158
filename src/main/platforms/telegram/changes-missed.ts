import { Api } from "telegram/tl/index.js";
import type { Failure } from "#shared/domain/failure.ts";
import type { UpdatesState } from "./changes-boxes.ts";
import type { TelegramRequest } from "./governed-call.ts";

/** Events of the common box that are read anew; where more were missed, a listing says it in fewer calls. */
const MOST_EVENTS = 5_000;

/** What updates.getChannelDifference advises those who are no bots (checked 2026-11). */
const CHANNEL_LIMIT = 100;

/** What was missed, as one answer tells it: messages and other updates come apart. */
export interface Missed {
  readonly updates: readonly Api.TypeUpdate[];
  readonly chats: readonly Api.TypeChat[];
}

/** One answer of updates.getDifference. */
export type CommonMissed =
  (Missed & { readonly end: "more" | "whole"; readonly state: UpdatesState }) | { readonly end: "too-long" };

/** One answer of updates.getChannelDifference. */
export type ChannelMissed = Missed & {
  readonly end: "more" | "whole" | "too-long";
  /** Null where the answer does not say. */
  readonly pts: number | null;
};

/** Where the account stands now. */
export function stateRequest(): TelegramRequest<UpdatesState> {
  return {
    method: "updates.getState",
    request: new Api.updates.GetState(),
    read: (answer) => (answer instanceof Api.updates.State ? plainState(answer) : null),
  };
}

/** What happened since, oldest first (core.telegram.org/method/updates.getDifference, checked 2026-11). */
export function differenceRequest(since: UpdatesState): TelegramRequest<CommonMissed> {
  const { pts, qts, date } = since;
  return {
    method: "updates.getDifference",
    request: new Api.updates.GetDifference({ pts, qts, date, ptsTotalLimit: MOST_EVENTS }),
    read: (answer) => readDifference(answer, since),
  };
}

/** The same of one channel (core.telegram.org/method/updates.getChannelDifference, checked 2026-11). */
export function channelDifferenceRequest(
  channel: Api.InputChannel,
  pts: number,
): TelegramRequest<ChannelMissed> {
  const filter = new Api.ChannelMessagesFilterEmpty();
  return {
    method: "updates.getChannelDifference",
    request: new Api.updates.GetChannelDifference({ channel, filter, pts, limit: CHANNEL_LIMIT }),
    read: readChannelDifference,
  };
}

/** Nobody answered, or asked to come back later: the same question can be asked again. */
export function isUnanswered({ code }: Failure): boolean {
  return code.startsWith("network/") || code === "telegram/flood-wait";
}

function readDifference(answer: unknown, since: UpdatesState): CommonMissed | null {
  if (answer instanceof Api.updates.DifferenceTooLong) return { end: "too-long" };
  if (answer instanceof Api.updates.DifferenceEmpty) {
    const { date, seq } = answer;
    return { end: "whole", updates: [], chats: [], state: { ...since, date, seq } };
  }
  const isSlice = answer instanceof Api.updates.DifferenceSlice;
  if (!isSlice && !(answer instanceof Api.updates.Difference)) return null;
  const messages = answer.newMessages.map(
    (message) =>
      // Their numbers are the state's.
      new Api.UpdateNewMessage({ message, pts: 0, ptsCount: 0 }),
  );
  return {
    end: isSlice ? "more" : "whole",
    updates: [...messages, ...answer.otherUpdates],
    chats: answer.chats,
    state: plainState(isSlice ? answer.intermediateState : answer.state),
  };
}

function readChannelDifference(answer: unknown): ChannelMissed | null {
  if (answer instanceof Api.updates.ChannelDifferenceEmpty)
    return { end: "whole", updates: [], chats: [], pts: answer.pts };
  if (answer instanceof Api.updates.ChannelDifferenceTooLong) {
    const pts = answer.dialog instanceof Api.Dialog ? (answer.dialog.pts ?? null) : null;
    // The newest messages come along, but not what was between.
    return { end: "too-long", updates: [], chats: answer.chats, pts };
  }
  if (!(answer instanceof Api.updates.ChannelDifference)) return null;
  const messages = answer.newMessages.map(
    (message) => new Api.UpdateNewChannelMessage({ message, pts: 0, ptsCount: 0 }),
  );
  return {
    end: answer.final ? "whole" : "more",
    updates: [...messages, ...answer.otherUpdates],
    chats: answer.chats,
    pts: answer.pts,
  };
}

function plainState({ pts, qts, date, seq }: Api.updates.TypeState): UpdatesState {
  return { pts, qts, date, seq };
}
