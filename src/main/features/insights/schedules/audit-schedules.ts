import type { Platform } from "#shared/domain/ids.ts";
import type { ScheduleId, ScheduleRule } from "#shared/domain/schedule.ts";

export const PLATFORM_OF: Readonly<Record<ScheduleId, Platform>> = {
  "slack-audit": "slack",
  "telegram-audit": "telegram",
};

/** What a schedule is until the operator says otherwise: Slack every night, Telegram when asked. */
export const DEFAULT_RULES: Readonly<Record<ScheduleId, ScheduleRule>> = {
  "slack-audit": { cron: "0 2 * * *", timeZone: "UTC", enabled: true },
  "telegram-audit": { cron: "0 3 * * *", timeZone: "UTC", enabled: false },
};

/** Of the jobs that a schedule starts. */
export const TITLES: Readonly<Record<ScheduleId, string>> = {
  "slack-audit": "Scheduled audit of Slack",
  "telegram-audit": "Scheduled audit of Telegram",
};
