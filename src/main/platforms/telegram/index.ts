/** The Telegram platform: signed-in user accounts over MTProto, and the dialogue that signs one in. */
export { beginTelegramSignIn, openTelegramSession } from "./on-demand.ts";
export type { TelegramSessionOptions } from "./session-core.ts";
export type * from "./telegram-session.ts";
