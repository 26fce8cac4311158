import { openTelegramSession, type TelegramGroup } from "#main/platforms/telegram/index.ts";
import { silentLog } from "#shared/lib/log.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { measure } from "./reader.ts";

const { signal } = new AbortController();

await measure(async (signedIn) => {
  const opened = await openTelegramSession({
    ...signedIn,
    clock: systemClock,
    log: silentLog,
    pacing: { windowScale: 0 },
  });
  if (!opened.ok) throw new Error(opened.error.code);
  const session = opened.value;
  const groups: TelegramGroup[] = [];
  for (let cursor: string | null = null; ;) {
    const page = await session.fetchGroups({ cursor, signal });
    if (!page.ok) throw new Error(page.error.code);
    groups.push(...page.value.items.filter(({ kind }) => kind === "supergroup" || kind === "forum"));
    cursor = page.value.nextCursor;
    if (cursor === null) break;
  }
  return {
    groups: groups.length,
    async read(tick) {
      for (const group of groups) {
        for (let cursor: string | null = null; ;) {
          const page = await session.fetchMembers({ group, cursor, signal });
          if (!page.ok) throw new Error(page.error.code);
          tick({ members: page.value.userIds.length });
          cursor = page.value.nextCursor;
          if (cursor === null) break;
        }
      }
    },
    close: () => session.close(),
  };
});
