import type {
  TelegramApp,
  TelegramPeer,
  TelegramServer,
  TelegramSession,
  TelegramSignIn,
} from "#main/platforms/telegram/telegram-session.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";

/** Which application talks to which server; null is Telegram's own. */
export interface TelegramAccess {
  readonly app: TelegramApp;
  readonly server: TelegramServer | null;
}

/** What the connections feature needs of the Telegram platform; composition gives it, tests script it. */
export interface TelegramPlatform {
  /**
   * A session on a secret that a sign-in gave. The caller closes it. `isPaced` is false only for a sandbox without
   * limits: then it keeps to no budget of its own. `peers` and `onPeers` are of sessions of the same account, so that
   * nobody is looked up again after a restart; without them the session begins knowing nobody.
   */
  openSession(
    options: TelegramAccess & {
      readonly secret: string;
      readonly isPaced: boolean;
      readonly peers?: readonly TelegramPeer[];
      readonly onPeers?: (learned: readonly TelegramPeer[]) => void;
    },
  ): Promise<Result<TelegramSession, Failure>>;
  /** A sign-in at its phone step. `cancel` lets go of its connection, and after `done` of nothing else. */
  beginSignIn(options: TelegramAccess): Promise<Result<TelegramSignIn, Failure>>;
}
