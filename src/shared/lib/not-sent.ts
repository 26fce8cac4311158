/**
 * A request was told to stop while it still waited for its turn: nothing of it reached anybody. `cause` is what told it
 * to stop.
 */
export class NotSent extends Error {
  override readonly name = "NotSent";

  constructor(cause: unknown) {
    super("told to stop before it was sent", { cause });
  }
}

/** Lets `work` reject with the cause alone: it is a part of something of which another part was sent already. */
export async function asPartOfWhatWasSent<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof NotSent ? error.cause : error;
  }
}
