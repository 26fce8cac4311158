import type { Gap } from "#shared/domain/coverage.ts";
import type { Digest, FailureNews } from "#shared/domain/digest.ts";
import { escapeForSlack } from "#shared/domain/slack-text.ts";
import type { TellingChannel } from "#shared/domain/telling.ts";

/** A message before it is dressed for its channel. */
export interface Message {
  /** One line without anything a customer wrote. */
  readonly title: string;
  readonly sections: readonly MessageSection[];
}

export interface MessageSection {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** A message as a channel takes it. */
export interface DressedMessage {
  readonly title: string;
  readonly body: string;
}

/** Characters of one name that are shown; a title can hold thousands. */
const NAME_SHOWN = 80;

/**
 * How long a text may be, in UTF-16 units. Telegram's limit is 4,096 (core.telegram.org/method/messages.sendMessage);
 * Slack advises 4,000 for `text` (docs.slack.dev/reference/methods/chat.postMessage, checked 2026-11). The others have
 * none that matters; a notification shows a few lines.
 */
const ROOM: Readonly<Record<TellingChannel, number>> = {
  system: 240,
  slack: 3_900,
  telegram: 4_000,
  mail: 100_000,
};

/** A digest as a message: sections in the order of what there is to do. */
export function composeDigest(digest: Digest): Message {
  const { newGaps, closedGaps, newGroups, renamedGroups } = digest;
  const groups = new Set(newGaps.map(({ groupKey }) => groupKey)).size;
  return {
    title: `${count(newGaps.length, digest.isFirst ? "gap" : "new gap")} in ${count(groups, "group")}`,
    sections: [
      {
        heading: `${digest.isFirst ? "Gaps" : "New gaps"} (${newGaps.length}; ${digest.openGaps} open in all)`,
        lines: byGroup(newGaps),
      },
      { heading: `Closed gaps (${closedGaps.length})`, lines: byGroup(closedGaps) },
      { heading: `New groups (${newGroups.length})`, lines: newGroups.map(oneLine) },
      {
        heading: `Renamed (${renamedGroups.length})`,
        lines: renamedGroups.map(({ before, after }) => `${oneLine(before)} → ${oneLine(after)}`),
      },
    ].filter(({ lines }) => lines.length > 0),
  };
}

/** Why a scheduled audit did not get through, and what the operator does about it. */
export function composeFailure({ state, failure }: FailureNews): Message {
  const title = {
    paused: "The scheduled audit waits for you",
    failed: "The scheduled audit failed",
  }[state];
  const lines = failure === null ? [] : [oneSentence(failure.message), oneSentence(failure.todo)];
  return { title, sections: lines.length === 0 ? [] : [{ heading: "What happened", lines }] };
}

/** What a test says. */
export function composeTest(): Message {
  return {
    title: "A test message from Muster",
    sections: [{ heading: "It works", lines: ["What audits find will be told here."] }],
  };
}

/**
 * Dresses a message for a channel: Slack's mark-up with everything escaped, plain text elsewhere. What has no room is
 * counted instead of shown, section by section, and no character is cut in half.
 */
export function dressMessage(message: Message, channel: TellingChannel): DressedMessage {
  const isSlack = channel === "slack";
  const escape = isSlack ? escapeForSlack : (text: string) => text;
  const bold = (text: string) => (isSlack ? `*${escape(text)}*` : text);
  const room = ROOM[channel];
  const separator = channel === "system" ? "\n" : "\n\n";
  // A notification shows its title by itself, an e-mail has it as its subject.
  const head = channel === "system" || channel === "mail" ? "" : bold(`Muster: ${message.title}`);
  let body = head;
  for (const [at, { heading, lines }] of message.sections.entries()) {
    const start = `${body === "" ? "" : separator}${bold(heading)}`;
    // Room for the headings that follow, and for saying how many lines are left out.
    const kept = (message.sections.length - at - 1) * 60 + 24;
    if (body.length + start.length + kept > room) break;
    body += start;
    let shown = 0;
    for (const line of lines) {
      const next = `\n• ${escape(line)}`;
      if (body.length + next.length + kept > room) break;
      body += next;
      shown += 1;
    }
    if (shown < lines.length) body += `\n• and ${lines.length - shown} more`;
  }
  return { title: `Muster: ${message.title}`, body: body === "" ? message.title : body };
}

/** Somebody else's text as part of one line: no line breaks, no invisible direction marks, and not without end. */
export function oneLine(text: string): string {
  const flat = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\s]+/gu, " ")
    .trim();
  const characters = [...flat];
  return characters.length > NAME_SHOWN ? `${characters.slice(0, NAME_SHOWN).join("")}…` : flat;
}

/** Ours, but it may carry a server's words. */
export function oneSentence(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

/** `group: person, person`, in the order of the gaps. */
function byGroup(gaps: readonly Gap[]): string[] {
  return [...Map.groupBy(gaps, ({ groupKey }) => groupKey).values()].map((own) => {
    const people = own.map(({ personName, level }) =>
      level === "optional" ? `${oneLine(personName)} (optional)` : oneLine(personName),
    );
    return `${oneLine(own[0]?.groupName ?? "")}: ${people.join(", ")}`;
  });
}

function count(of: number, noun: string): string {
  return `${of} ${noun}${of === 1 ? "" : "s"}`;
}
