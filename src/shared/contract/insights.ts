import { oc } from "@orpc/contract";
import { z } from "zod";
import { ConnectionId, RunId } from "../domain/ids.ts";
import { NoticedId, NoticedItem } from "../domain/noticed.ts";
import { pageOf, PageRequest } from "../domain/page.ts";
import { AuditSchedule, ScheduleId, ScheduleRule } from "../domain/schedule.ts";
import { Destination, Telling, TellingChannel, TellingSettings } from "../domain/telling.ts";
import { failing, keychainFailures, slackFailures, storeFailures, telegramFailures } from "./failures.ts";

export const TellingView = z.object({
  settings: TellingSettings,
  /** The keychain holds a password for the mail server. */
  hasMailPassword: z.boolean(),
  /** The last 30 messages, newest first. */
  recent: z.array(Telling),
});
export type TellingView = z.infer<typeof TellingView>;

export const insightsContract = {
  listSchedules: oc.output(z.array(AuditSchedule)),
  setSchedule: oc
    .input(ScheduleRule.extend({ id: ScheduleId }))
    .output(AuditSchedule)
    .errors(failing("input/schedule-invalid", ...storeFailures)),
  /** Starts the schedule's audit now, whether it is on or off; its next time stays. */
  runSchedule: oc
    .input(z.object({ id: ScheduleId }))
    .output(z.object({ runId: RunId }))
    .errors(failing("input/nothing-to-audit", ...storeFailures)),
  getTelling: oc.output(TellingView),
  saveTelling: oc
    .input(
      z.object({
        settings: TellingSettings,
        /** A secret. Left out keeps the one there is; empty forgets it. */
        mailPassword: z.string().max(1_000).optional(),
      }),
    )
    .output(TellingView)
    .errors(failing("input/telling-incomplete", ...keychainFailures, ...storeFailures)),
  /** Where a message can go over a connection; the search is in names and ids. */
  listDestinations: oc
    .input(PageRequest.extend({ connectionId: ConnectionId, search: z.string().max(200) }))
    .output(pageOf(Destination))
    .errors(
      failing(
        "input/not-found",
        ...slackFailures,
        ...telegramFailures,
        ...keychainFailures,
        ...storeFailures,
      ),
    ),
  /** Sends a test message over one channel, as the saved settings say. */
  testTelling: oc
    .input(z.object({ channel: TellingChannel }))
    .output(z.void())
    .errors(
      failing(
        "input/not-found",
        "input/telling-incomplete",
        "slack/archived",
        "slack/channel-not-found",
        "slack/not-in-channel",
        "telegram/account-limited",
        "telegram/admin-needed",
        "telegram/group-not-found",
        "telegram/not-allowed",
        "mail/login-refused",
        "mail/refused",
        "system/no-notifications",
        ...slackFailures,
        ...telegramFailures,
        ...keychainFailures,
      ),
    ),
  /** Sends a message that failed, or whose end is unknown, once more. */
  retryTelling: oc
    .input(Telling.pick({ runId: true, kind: true, channel: true }))
    .output(z.void())
    .errors(failing("input/not-found", ...storeFailures)),
  /** Newest first. */
  noticed: oc.output(z.array(NoticedItem)),
  dismissNoticed: oc
    .input(z.object({ id: NoticedId }))
    .output(z.void())
    .errors(failing("input/not-found", ...storeFailures)),
};
