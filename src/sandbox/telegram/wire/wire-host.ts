import type { ServerKey } from "#sandbox/telegram/crypto/server-key.ts";
import type { AuthKey } from "#sandbox/telegram/wire/auth-key.ts";
import type { AgreedKey } from "#sandbox/telegram/wire/key-exchange.ts";
import type { MessageIds } from "#sandbox/telegram/wire/message-ids.ts";
import type { WireMessage } from "#sandbox/telegram/wire/message-reader.ts";
import type { Session } from "#sandbox/telegram/wire/session.ts";

/** A connection as the server sees it. */
export interface ClientLine {
  /** Keys that were used on it; it closes when their sign-in ends. */
  readonly keys: ReadonlySet<AuthKey>;
  /** Closes at once, as a broken line does. */
  drop(): void;
  /** Sends the transport's −404: the key is not known (any more). */
  sendNotFound(): void;
}

/** A request of the API as it came over the wire. */
export interface IncomingRequest {
  readonly session: Session;
  readonly connection: ClientLine;
  readonly message: WireMessage;
}

/** What a connection needs of the server it belongs to. */
export interface WireHost {
  readonly serverKey: ServerKey;
  readonly ids: MessageIds;
  nowS(): number;
  findKey(id: bigint): AuthKey | null;
  agreed(key: AgreedKey): void;
  openSession(key: AuthKey, id: bigint): { readonly session: Session; readonly isNew: boolean };
  /** Undoes `openSession` for a session whose first message was refused. */
  forgetSession(session: Session): void;
  destroySession(key: AuthKey, id: bigint): boolean;
  destroyKey(key: AuthKey): void;
  /** A scripted fault that strikes this step of a key exchange. */
  strikeExchange(step: string): "stall" | "drop" | null;
  request(request: IncomingRequest): void;
  closed(connection: ClientLine): void;
  /** A bug of the sandbox: said on stderr. */
  defect(error: unknown): void;
}
