import { MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";

/** How long an ordinary answer may take to begin. */
const ORDINARY_MS = 30 * SECOND_MS;

/**
 * Procedures that take longer for a good reason. `null` waits as long as it takes: these open a system dialog, and
 * a person chooses.
 */
const SLOW: Readonly<Record<string, number | null>> = {
  "team.chooseImport": null,
  "team.exportFile": null,
  "coverage.exportReport": null,
  "membership.exportReport": null,
  "membership.exportFound": null,
  "membership.exportEvidence": null,
  "team.resolveIdentities": 10 * MINUTE_MS,
  "connections.openSandbox": 2 * MINUTE_MS,
  "connections.addSlackToken": 2 * MINUTE_MS,
  "connections.check": 2 * MINUTE_MS,
  "connections.remove": 2 * MINUTE_MS,
  // Each asks a server that may be slow to connect, and the last of them ends the session there was before.
  "connections.telegramSignIn.sendCode": 2 * MINUTE_MS,
  "connections.telegramSignIn.resendCode": 2 * MINUTE_MS,
  "connections.telegramSignIn.submitCode": 2 * MINUTE_MS,
  "connections.telegramSignIn.submitPassword": 2 * MINUTE_MS,
  "connections.telegramSignIn.cancel": MINUTE_MS,
  // Asks a platform, and then who of the team may help, at the platform's pace.
  "membership.helpWithStep": 2 * MINUTE_MS,
  // Both give up by themselves, later than an ordinary answer.
  "insights.testTelling": 2 * MINUTE_MS,
  "insights.listDestinations": MINUTE_MS,
  "app.doctor": MINUTE_MS,
};

/**
 * Milliseconds after which a call that has not been answered counts as lost; null for never. For a stream this is
 * the time until it opens: an open stream may stay silent.
 */
export function deadlineOf(path: readonly string[]): number | null {
  const known = SLOW[path.join(".")];
  return known === undefined ? ORDINARY_MS : known;
}
