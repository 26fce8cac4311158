import type { Failure } from "#shared/domain/failure.ts";

/** Why a message was not sent, or may have been. */
export interface MailFailure {
  readonly failure: Failure;
  /** The message may have been taken all the same: there was a conversation, and it was cut off. */
  readonly mayHaveArrived: boolean;
}
