import { failureCatalogue } from "#shared/domain/failure-catalogue.ts";
import type { Failure, FailureCode } from "#shared/domain/failure.ts";

const SIGN_IN = "Sign in again with muster connections add; the next audit goes on where this one stopped.";

/** What to do, where the catalogue says it to somebody with a window before them. */
const TODO: Readonly<Partial<Record<FailureCode, string>>> = {
  "slack/token-expired": SIGN_IN,
  "slack/token-revoked": SIGN_IN,
  "telegram/session-revoked": SIGN_IN,
  "input/not-found": "List what there is, and name one of those; it may have been removed meanwhile.",
  "slack/user-not-found": "Correct the person's Slack id in the team file and import it again.",
  "telegram/folder-not-found": "Name another folder in the rules, or make it in Telegram.",
  "telegram/user-not-found": "Correct the person's Telegram account in the team file and import it again.",
  "telegram/not-met":
    "Record the person's current username in the team file and import it again, or have the account and the person in one group.",
  "keychain/secret-missing": "Sign in again with muster connections add.",
  "store/damaged":
    "Restore a backup (muster backups list, muster backups restore), or keep working with the new database.",
  "job/cancelled": "Start it again, or go on with it: muster audit --resume.",
};

/** The same failure with what to do in the words of the command line; what was added for this one case stays. */
export function inTerminal(failure: Failure): Failure {
  const words = TODO[failure.code];
  if (words === undefined) return failure;
  return { ...failure, todo: failure.todo.replace(failureCatalogue[failure.code].todo, () => words) };
}
