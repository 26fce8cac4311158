/**
 * A request that waited for its turn was not sent: nothing of it reached anybody. `cause` is what told it to stop, or why
 * it must not be sent any more.
 */
export class NotSent extends Error {
  override readonly name = "NotSent";

  constructor(cause: unknown) {
    super("not sent", { cause });
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
