import type { Connections } from "#main/features/connections/index.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Wait } from "#shared/domain/job.ts";
import { judgeReading } from "../policy/reading-failure.ts";
import { emptyReading, type LiveQuestion, type LiveReading, type Pace } from "./live-reading.ts";
import { readSlack } from "./read-slack.ts";
import { readTelegram } from "./read-telegram.ts";

/** What asking takes of the connections feature. */
export type AskedConnections = Pick<
  Connections,
  "openSession" | "openTelegramSession" | "markSignedOut" | "markUnreachable" | "markLacking" | "markReady"
>;

/**
 * Asks one connection. Always answers: what could not be asked is the reading's `problem`, and a connection that turns out
 * to be signed out, out of reach, or without a permission, is shown so. Rejects only when the pace's signal aborts.
 */
export async function readLive(
  connections: AskedConnections,
  question: LiveQuestion,
  pace: Pace,
  onWait: (wait: Wait | null) => void,
): Promise<LiveReading> {
  const { connection } = question;
  const reading = emptyReading(connection);
  const failed = await ask(connections, question, reading, pace, onWait);
  if (failed !== null) reading.problem ??= failed;
  pace.signal.throwIfAborted();
  const { problem } = reading;
  const verdict = problem && judgeReading(problem);
  if (problem !== null && verdict === "signed-out") await connections.markSignedOut(connection.id, problem);
  else if (problem !== null && verdict === "unreachable")
    await connections.markUnreachable(connection.id, problem);
  else if (problem?.code === "slack/missing-scope") await connections.markLacking(connection.id, problem);
  else if (reading.isListed && connection.state === "unreachable") await connections.markReady(connection.id);
  return reading;
}

async function ask(
  connections: AskedConnections,
  question: LiveQuestion,
  reading: LiveReading,
  pace: Pace,
  onWait: (wait: Wait | null) => void,
): Promise<Failure | null> {
  if (question.connection.platform === "slack") {
    const session = await connections.openSession(question.connection.id);
    if (!session.ok) return session.error;
    return watched(session.value, onWait, () =>
      readSlack({ session: session.value, question, reading, pace }),
    );
  }
  const session = await connections.openTelegramSession(question.connection.id);
  if (!session.ok) return session.error;
  return watched(session.value, onWait, () =>
    readTelegram({ session: session.value, question, reading, pace }),
  );
}

/** Tells of the session's waits meanwhile. The session is not closed: others share it. */
async function watched(
  session: { watchWaits(listener: (wait: Wait | null) => void): () => void },
  onWait: (wait: Wait | null) => void,
  read: () => Promise<void>,
): Promise<null> {
  const stopWatching = session.watchWaits(onWait);
  try {
    await read();
    return null;
  } finally {
    stopWatching();
    onWait(null);
  }
}
