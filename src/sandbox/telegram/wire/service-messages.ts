import { PROTOCOL_SCHEMA } from "#sandbox/telegram/tl/schema.ts";
import { TlReader } from "#sandbox/telegram/tl/tl-reader.ts";
import { TlWriter, writeObject } from "#sandbox/telegram/tl/tl-writer.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { WireMessage } from "#sandbox/telegram/wire/message-reader.ts";
import type { Session } from "#sandbox/telegram/wire/session.ts";

/** What messages about the connection itself can do to it. */
export interface ServiceHost {
  nowS(): number;
  /** Closes the connection after so many seconds unless it is told again. */
  closeAfter(seconds: number): void;
  /** Forgets a session; false when there was none. */
  destroySession(sessionId: bigint): boolean;
  /** Forgets the authorization key. */
  destroyKey(): void;
}

export const RPC_RESULT_ID = 0xf35c6d01;

/**
 * Answers the protocol's own messages: core.telegram.org/mtproto/service_messages and
 * /service_messages_about_messages (checked 2026-11). False when the message is a request of the API.
 */
export function answerServiceMessage(session: Session, message: WireMessage, host: ServiceHost): boolean {
  const definition = PROTOCOL_SCHEMA.byId.get(message.body.readUInt32LE(0));
  if (!definition) return false;
  const request = new TlReader(message.body, PROTOCOL_SCHEMA).object();
  switch (request._) {
    case "msgs_ack":
      session.acknowledged(request["msg_ids"] as readonly bigint[]);
      return true;
    case "ping_delay_disconnect":
      host.closeAfter(request["disconnect_delay"] as number);
      session.sendService({ _: "pong", msg_id: message.id, ping_id: request["ping_id"] });
      return true;
    case "ping":
      session.sendService({ _: "pong", msg_id: message.id, ping_id: request["ping_id"] });
      return true;
    case "get_future_salts":
      session.sendService(futureSalts(session, message.id, request["num"] as number, host.nowS()), true);
      return true;
    case "msgs_state_req": {
      const ids = request["msg_ids"] as readonly bigint[];
      const info = Buffer.from(ids.map((id) => session.stateOf(id)));
      session.sendService({ _: "msgs_state_info", req_msg_id: message.id, info }, true);
      return true;
    }
    case "msg_resend_req":
      session.resend(message.id, request["msg_ids"] as readonly bigint[]);
      return true;
    case "rpc_drop_answer":
      answerInResult(session, message.id, session.dropAnswer(request["req_msg_id"] as bigint));
      return true;
    case "destroy_session": {
      const id = request["session_id"] as bigint;
      const destroyed = id !== session.id && host.destroySession(id);
      const answer = destroyed ? "destroy_session_ok" : "destroy_session_none";
      session.sendService({ _: answer, session_id: id }, true);
      return true;
    }
    case "destroy_auth_key":
      session.sendService({ _: "destroy_auth_key_ok" }, true);
      // The answer must leave before the key is gone.
      setImmediate(() => setImmediate(() => host.destroyKey()));
      return true;
    default:
      // http_wait and what a client tells of the server's own messages need no answer.
      return true;
  }
}

function futureSalts(session: Session, requestId: bigint, count: number, nowS: number): TlObject {
  return {
    _: "future_salts",
    req_msg_id: requestId,
    now: nowS,
    salts: session.key.salts.future(nowS, count).map((salt) => ({
      _: "future_salt",
      valid_since: salt.validSinceS,
      valid_until: salt.validUntilS,
      salt: salt.value,
    })),
  };
}

function answerInResult(session: Session, requestId: bigint, answer: TlObject): void {
  const writer = new TlWriter(PROTOCOL_SCHEMA).int(RPC_RESULT_ID).long(requestId);
  session.answer(requestId, writer.raw(writeObject(PROTOCOL_SCHEMA, answer)).finish(), true);
}
