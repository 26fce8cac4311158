/** Telegram said no: answered as `rpc_error` with this code and message, such as 400 `PEER_ID_INVALID`. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** 420 FLOOD_WAIT_X: the same request works again after so many whole seconds. */
export function floodWait(seconds: number): RpcError {
  return new RpcError(420, `FLOOD_WAIT_${Math.max(1, Math.ceil(seconds))}`);
}
