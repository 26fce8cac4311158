import { openTelegramSession } from "#main/platforms/telegram/index.ts";
import { silentLog } from "#shared/lib/log.ts";
import { systemClock } from "#shared/lib/system-clock.ts";

/**
 * Uses a session in every way that opens something, closes it, and is done: nothing may keep this process alive.
 * Argument: what `openTelegramSession` needs, as JSON.
 */
const access = JSON.parse(process.argv[2] ?? "{}") as Parameters<typeof openTelegramSession>[0];
const opened = await openTelegramSession({
  ...access,
  clock: systemClock,
  log: silentLog,
  deadlineMs: 20_000,
});
if (!opened.ok) throw new Error(opened.error.code);
const session = opened.value;
const { signal } = new AbortController();
session.watchChanges(() => undefined);
const self = await session.fetchSelf({ signal });
// One call that is never answered, and one that waits for a limit.
const pending = [
  session.fetchGroups({ cursor: null, signal }),
  session.findUserByUsername({ username: "somebody", signal }),
];
await new Promise((resolve) => setTimeout(resolve, 200));
await session.close();
const told = await Promise.all(pending);
process.stdout.write(`told ${[self, ...told].map((each) => (each.ok ? "ok" : each.error.code)).join(" ")}\n`);
process.on("exit", () => process.stdout.write(`left ${process.getActiveResourcesInfo().join(" ")}\n`));
