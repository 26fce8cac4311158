import type { ConnectionsDeps } from "../connections-deps.ts";
import type { TelegramAccess } from "./telegram-platform.ts";
import { withinPatience } from "./within-patience.ts";

/**
 * Ends a session at Telegram that nobody will use again, so that it does not stay in the account's list of devices
 * for ever. Gives up after half a minute and logs it: what the operator asked for has worked without this.
 */
export async function endSession(
  { telegram, clock, log }: Pick<ConnectionsDeps, "telegram" | "clock" | "log">,
  { secret, app, server }: TelegramAccess & { readonly secret: string },
): Promise<void> {
  const opened = await telegram.openSession({ secret, app, server, isPaced: true });
  if (!opened.ok) {
    log.warn("telegram-left-signed-in", { code: opened.error.code });
    return;
  }
  const session = opened.value;
  try {
    const ended = await withinPatience(session, clock, (signal) => session.signOut({ signal }));
    if (!ended.ok) log.warn("telegram-left-signed-in", { code: ended.error.code });
  } finally {
    await session.close();
  }
}
