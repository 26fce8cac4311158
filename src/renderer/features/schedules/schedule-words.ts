import type { Platform } from "#shared/domain/ids.ts";

export const SCHEDULE_WORDS: Readonly<Record<Platform, { title: string; hint: string }>> = {
  slack: { title: "Slack audit", hint: "Every connected Slack workspace." },
  telegram: {
    title: "Telegram audit",
    hint: "Every connected Telegram account; it takes longer than Slack.",
  },
};
