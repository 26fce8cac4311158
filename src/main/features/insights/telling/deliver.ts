import type { Failure } from "#shared/domain/failure.ts";
import { failure } from "#shared/domain/failure.ts";
import { type ConnectionId, RunId } from "#shared/domain/ids.ts";
import { operationOfEvent } from "#shared/domain/operation-news.ts";
import type { Telling, TellingChannel } from "#shared/domain/telling.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { InsightsDeps, SystemNotification } from "../insights-deps.ts";
import { mayHaveArrived, missingOf } from "../policy/delivery.ts";
import { dressMessage, type Message } from "../policy/message-text.ts";
import { MAIL_PASSWORD, readTelling, type StoredTelling } from "./telling-settings.ts";

/** Why a message was not sent, or may have been. */
export interface Undelivered {
  readonly failure: Failure;
  readonly mayHaveArrived: boolean;
  /** The connection whose sign-in would put it right. */
  readonly connectionId: ConnectionId | null;
}

type Delivery = Promise<Result<void, Undelivered>>;

/** Sends one message over one channel, as the settings of this moment say. Tries once; rejects with the signal's reason. */
export async function deliver(
  deps: InsightsDeps,
  message: Message,
  to: { readonly channel: TellingChannel; readonly runId: Telling["runId"] | null },
  signal: AbortSignal,
): Delivery {
  const telling = await readTelling(deps.store.read);
  const missing = missingOf(telling.settings, to.channel, telling);
  if (missing.length > 0) return err(notSent(incomplete(to.channel, missing)));
  const dressed = dressMessage(message, to.channel);
  switch (to.channel) {
    case "system":
      return deps.notify?.({ ...dressed, ...targetOf(to.runId) })
        ? ok(undefined)
        : err(notSent(failure("system/no-notifications")));
    case "slack":
      return postToSlack(deps, telling, dressed.body, signal);
    case "telegram":
      return sendToTelegram(deps, telling, dressed.body, signal);
    case "mail":
      return sendAsMail(deps, telling, { subject: dressed.title, text: `${dressed.body}\n` });
  }
}

/** What a click on a notification opens. */
function targetOf(id: Telling["runId"] | null): Pick<SystemNotification, "runId" | "operationId"> {
  const operationId = id === null ? null : operationOfEvent(id);
  if (operationId !== null) return { runId: null, operationId };
  return { runId: id === null ? null : RunId.parse(id) };
}

export function incomplete(channel: TellingChannel, missing: readonly string[]): Failure {
  return failure(
    "input/telling-incomplete",
    { channel, missing: [...missing] },
    `Missing: ${missing.join(", ")}.`,
  );
}

async function postToSlack(
  deps: InsightsDeps,
  { settings: { slack } }: StoredTelling,
  text: string,
  signal: AbortSignal,
): Delivery {
  const { connectionId, target } = slack;
  if (connectionId === null) return err(notSent(incomplete("slack", ["connection"])));
  const session = await deps.connections.openSession(connectionId);
  if (!session.ok) return err(notSent(session.error, connectionId));
  const posted = await session.value.sendMessage({ channelId: target, text, signal });
  if (posted.ok) return ok(undefined);
  await deps.connections.markLacking(connectionId, posted.error);
  return err(unanswered(posted.error, connectionId));
}

async function sendToTelegram(
  deps: InsightsDeps,
  { settings: { telegram } }: StoredTelling,
  text: string,
  signal: AbortSignal,
): Delivery {
  const { connectionId, target } = telegram;
  if (connectionId === null) return err(notSent(incomplete("telegram", ["connection"])));
  const session = await deps.connections.openTelegramSession(connectionId);
  if (!session.ok) return err(notSent(session.error, connectionId));
  const isBasic = target.startsWith("-");
  const group = {
    groupId: isBasic ? target.slice(1) : target,
    kind: isBasic ? "basic" : "supergroup",
  } as const;
  const sent = await session.value.sendMessage({ to: target === "self" ? "self" : group, text, signal });
  return sent.ok ? ok(undefined) : err(unanswered(sent.error, connectionId));
}

async function sendAsMail(
  deps: InsightsDeps,
  { settings: { mail } }: StoredTelling,
  { subject, text }: { readonly subject: string; readonly text: string },
): Delivery {
  let login: { user: string; password: string } | null = null;
  if (mail.user !== "") {
    const password = await deps.keychain.getSecret(MAIL_PASSWORD);
    if (!password.ok) return err(notSent(password.error));
    login = { user: mail.user, password: password.value };
  }
  const { host, port, security, from, to } = mail;
  const sent = await deps.sendMail({ host, port, security, login }, { from, to, subject, text });
  return sent.ok ? sent : err({ ...sent.error, connectionId: null });
}

function notSent(why: Failure, connectionId: ConnectionId | null = null): Undelivered {
  return { failure: why, mayHaveArrived: false, connectionId };
}

function unanswered(why: Failure, connectionId: ConnectionId): Undelivered {
  return { failure: why, mayHaveArrived: mayHaveArrived(why), connectionId };
}
