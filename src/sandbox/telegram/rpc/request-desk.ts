import type { FaultRule } from "#sandbox/control/fault-rules.ts";
import type { CallContext, RpcMethod } from "#sandbox/telegram/method.ts";
import { writeError, writeResult } from "#sandbox/telegram/rpc/answer-writer.ts";
import type { OpenCall, OpenMethod, OpenMethodTable } from "#sandbox/telegram/rpc/open-method.ts";
import { openRequest, peekLayer, type OpenedRequest } from "#sandbox/telegram/rpc/request-reader.ts";
import { SERVER_METHODS } from "#sandbox/telegram/rpc/server-methods.ts";
import { floodWait, RpcError } from "#sandbox/telegram/rpc-error.ts";
import { AUTHORIZATION_METHODS } from "#sandbox/telegram/sign-in/authorization-methods.ts";
import { CODE_METHODS } from "#sandbox/telegram/sign-in/code-methods.ts";
import { TEMPORARY_KEY_METHODS } from "#sandbox/telegram/sign-in/temporary-keys.ts";
import { TOKEN_METHODS } from "#sandbox/telegram/sign-in/token-methods.ts";
import { isAboutUpdates, readErrorCode, type TelegramFaultKind } from "#sandbox/telegram/telegram-faults.ts";
import type { TelegramSide } from "#sandbox/telegram/telegram-side.ts";
import { textIn } from "#sandbox/telegram/text-in.ts";
import type { TlObject, TlValue } from "#sandbox/telegram/tl-value.ts";
import { differenceMethods } from "#sandbox/telegram/updates/difference.ts";
import { identityOf } from "#sandbox/telegram/wire/auth-key.ts";
import type { IncomingRequest } from "#sandbox/telegram/wire/wire-host.ts";

/** What the faults of a call may do to the server. */
export interface FaultHost {
  forgetKey(request: IncomingRequest): void;
  /** Whether another connection is open on the same sign-in. */
  isUsedElsewhere(request: IncomingRequest): boolean;
  changeSalt(request: IncomingRequest): void;
  restart(awayMs: number): void;
}

type Fault = FaultRule<TelegramFaultKind>;

/** Nothing is sent for this request. */
const NO_ANSWER = Symbol("no answer");

/** Methods of the protocol half; everything else is the world half's. */
const OPEN_METHODS: OpenMethodTable = {
  ...SERVER_METHODS,
  ...CODE_METHODS,
  ...TOKEN_METHODS,
  ...AUTHORIZATION_METHODS,
  ...TEMPORARY_KEY_METHODS,
};

/** Answers requests of the API: faults first, then the sign-in, the budget and the method itself. */
export class RequestDesk {
  readonly #side: TelegramSide;
  readonly #host: FaultHost;
  readonly #methods: ReadonlyMap<string, RpcMethod>;
  readonly #openMethods: ReadonlyMap<string, OpenMethod> = new Map(Object.entries(OPEN_METHODS));

  constructor(side: TelegramSide, host: FaultHost) {
    this.#side = side;
    this.#host = host;
    const differences = differenceMethods(
      side.updates,
      (call) => side.findKey(call.authorizationId)?.seq ?? 0,
      side.worldHalf.openChannel,
    );
    this.#methods = new Map(Object.entries({ ...side.worldHalf.methods, ...differences }));
  }

  /** Answers one request. Never rejects for anything a client can send. */
  async answer(incoming: IncomingRequest): Promise<void> {
    const { session, message } = incoming;
    const layer = peekLayer(message.body);
    if (layer !== null) session.key.layer = layer;
    try {
      const opened = await openRequest(message.body, session.key.layer);
      session.schema = opened.schema;
      if (!opened.withoutUpdates) session.wantsUpdates = true;
      for (const id of opened.after) {
        if (!(await session.outcomeOf(id))) throw new RpcError(400, "MSG_WAIT_FAILED");
      }
      await this.#answerOpened(incoming, opened);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      session.answer(message.id, writeError(message.id, error), false);
    }
  }

  async #answerOpened(incoming: IncomingRequest, opened: OpenedRequest): Promise<void> {
    const { session, message, connection } = incoming;
    const method = opened.request._;
    const key = identityOf(session.key);
    const account = key.authorization?.account ?? null;
    const fault = this.#side.faults.strike(method, chatIn(opened.request), (kind) => !isAboutUpdates(kind));
    const log = (status: number, error: string | null): void =>
      this.#side.calls.add({
        platform: "telegram",
        method,
        token: account?.person.id ?? "none",
        atMs: this.#side.nowMs(),
        status,
        error,
        channel: chatIn(opened.request) || null,
        user: null,
        fault: fault?.kind ?? null,
      });
    try {
      const value = await this.#run(incoming, opened, fault);
      if (value === NO_ANSWER) return log(0, null);
      if (fault?.kind === "drop-after" || fault?.kind === "stall-after") {
        log(0, null);
        // The server has the request; only its answer never comes.
        session.sendService({ _: "msgs_ack", msg_ids: [message.id] });
        if (fault.kind === "drop-after") connection.drop();
        return;
      }
      log(200, null);
      const body = writeResult(opened.schema, message.id, method, value);
      if (fault?.kind === "drop-mid-request") connection.drop();
      session.answer(message.id, body, true);
    } catch (error) {
      const refusal = error instanceof RpcError ? error : new RpcError(500, "INTERNAL");
      log(refusal.code, refusal.message);
      session.answer(message.id, writeError(message.id, refusal), false);
      if (refusal !== error) throw error;
    }
  }

  async #run(
    incoming: IncomingRequest,
    opened: OpenedRequest,
    fault: Fault | null,
  ): Promise<TlValue | typeof NO_ANSWER> {
    this.#introduce(incoming, opened);
    if (fault && (await this.#suffer(fault, incoming))) return NO_ANSWER;
    const { request } = opened;
    const key = identityOf(incoming.session.key);
    if (key.endReason === "AUTH_KEY_DUPLICATED") throw new RpcError(406, key.endReason);
    const nowS = Math.floor(this.#side.nowMs() / 1_000);
    if (key.authorization) key.authorization.activeS = nowS;
    const open = this.#openMethods.get(request._);
    const openCall: OpenCall = { side: this.#side, key, session: incoming.session, nowS };
    if (open) return open(request, openCall);
    const method = this.#methods.get(request._);
    if (!method) {
      this.#side.calls.addUnknownMethod(request._);
      throw new RpcError(400, "METHOD_INVALID");
    }
    const call = this.#admit(openCall, fault?.kind === "truncate");
    this.#side.budgets.take(String(call.account.userId), request._);
    return method(request, call);
  }

  /** Every request of a key must follow an initConnection of that key. */
  #introduce({ session }: IncomingRequest, { introduction }: OpenedRequest): void {
    const key = identityOf(session.key);
    if (introduction) {
      if (introduction["api_id"] !== this.#side.apiId) throw new RpcError(400, "CONNECTION_API_ID_INVALID");
      key.client = {
        apiId: introduction["api_id"],
        deviceModel: textIn(introduction, "device_model"),
        systemVersion: textIn(introduction, "system_version"),
        appVersion: textIn(introduction, "app_version"),
      };
    }
    if (!key.client) throw new RpcError(400, "CONNECTION_NOT_INITED");
  }

  #admit({ key, session, nowS }: OpenCall, shortPage: boolean): CallContext {
    const { authorization } = key;
    if (!authorization) {
      const code = key.passwordAskedOf ? "SESSION_PASSWORD_NEEDED" : "AUTH_KEY_UNREGISTERED";
      throw new RpcError(401, key.endReason ?? code);
    }
    const { account } = authorization;
    const { accounts, budgets, passwords, updates, world } = this.#side;
    if (world.telegram.userById.get(Number(account.userId))?.isDeleted) {
      throw new RpcError(401, "USER_DEACTIVATED");
    }
    return {
      world,
      account,
      authorizationId: key.id,
      layer: session.key.layer,
      nowS,
      findAccount: (userId) => accounts.find(userId),
      accountOf: (person) => accounts.of(person),
      updates: updates.desk(session),
      takeBudget: (name) => budgets.take(String(account.userId), name),
      ...(passwords.isSetFor(account) ? { checkPassword: (proof) => passwords.check(account, proof) } : {}),
      shortPage,
    };
  }

  /** Lets a fault do its work; true when the request gets no answer. Throws the error it stands for. */
  async #suffer(fault: Fault, incoming: IncomingRequest): Promise<boolean> {
    switch (fault.kind) {
      case "stall":
        // The server has the request; only its answer never comes.
        incoming.session.sendService({ _: "msgs_ack", msg_ids: [incoming.message.id] });
        return true;
      case "drop":
        incoming.connection.drop();
        return true;
      case "flood":
        throw floodWait(fault.retryAfterS);
      case "error": {
        const { code, message } = readErrorCode(fault.errorCode ?? "");
        throw new RpcError(code, message);
      }
      case "slow":
        await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
        return false;
      case "revoke":
        this.#side.endAuthorization(identityOf(incoming.session.key), "AUTH_KEY_UNREGISTERED");
        return true;
      case "duplicate-key":
        // Telegram looks at addresses, which are all one on loopback; a second connection stands for a second place.
        if (this.#host.isUsedElsewhere(incoming))
          this.#side.endAuthorization(identityOf(incoming.session.key), "AUTH_KEY_DUPLICATED");
        return false;
      case "forget-key":
        this.#host.forgetKey(incoming);
        return true;
      case "change-salt":
        this.#host.changeSalt(incoming);
        return false;
      case "restart":
        this.#host.restart(fault.delayMs);
        return true;
      case "drop-mid-request":
      case "drop-after":
      case "stall-after":
      case "truncate":
      case "duplicate-update":
      case "lose-update":
        return false;
    }
  }
}

/** The id of the chat or channel a request is about; empty when it is about none. */
function chatIn(request: TlObject): string {
  for (const field of ["channel", "peer", "chat_id", "id"]) {
    const asked = request[field];
    // A list of one is that one.
    const value = Array.isArray(asked) && asked.length === 1 ? asked[0] : asked;
    if (typeof value === "bigint" && (field === "chat_id" || value !== asked)) return String(value);
    if (typeof value !== "object" || !("_" in value)) continue;
    const { channel_id, chat_id } = value;
    const id = channel_id ?? chat_id;
    if (typeof id === "bigint") return String(id);
  }
  return "";
}
