import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";

/** Has a session see every group and person of the world, as planning an operation does. */
export async function meetEverybody(session: TelegramSession): Promise<void> {
  const { signal } = new AbortController();
  const groups = await session.fetchGroups({ cursor: null, signal });
  if (!groups.ok) throw new Error(groups.error.code);
  for (const group of groups.value.items) {
    const members = await session.fetchMembers({ group, cursor: null, signal });
    if (!members.ok) throw new Error(members.error.code);
  }
}
