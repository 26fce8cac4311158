import { loadSchema } from "#sandbox/telegram/tl/layers.ts";
import type { Schema } from "#sandbox/telegram/tl/schema.ts";
import { TlFormatError, TlReader, UnknownConstructor } from "#sandbox/telegram/tl/tl-reader.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";

/** A request without the layers of packing that clients put around it. */
export interface OpenedRequest {
  readonly schema: Schema;
  readonly request: TlObject;
  /** From invokeWithLayer; null when the client did not say it this time. */
  readonly layer: number | null;
  /** initConnection, if it was there. */
  readonly introduction: TlObject | null;
  readonly withoutUpdates: boolean;
  /** Requests that must have been answered before. */
  readonly after: readonly bigint[];
}

const INVOKE_WITH_LAYER_ID = 0xda9b0d0d;

/** The layer that a request begins with, so that the rest of it can be read in that layer; null when it has none. */
export function peekLayer(body: Buffer): number | null {
  const isWrapped = body.length >= 8 && body.readUInt32LE(0) === INVOKE_WITH_LAYER_ID;
  return isWrapped ? body.readInt32LE(4) : null;
}

/**
 * Reads a request in a layer: core.telegram.org/api/invoking (checked 2026-11). Throws `RpcError` for bytes that are no
 * request of that layer, in the real server's words.
 */
export async function openRequest(body: Buffer, knownLayer: number): Promise<OpenedRequest> {
  const schema = await loadSchema(peekLayer(body) ?? knownLayer);
  let request = read(body, schema);
  let layer: number | null = null;
  let introduction: TlObject | null = null;
  let withoutUpdates = false;
  const after: bigint[] = [];
  while (request["query"] !== undefined && isWrapper(request._)) {
    if (request._ === "invokeWithLayer") layer = request["layer"] as number;
    if (request._ === "initConnection") introduction = request;
    if (request._ === "invokeWithoutUpdates") withoutUpdates = true;
    if (request._ === "invokeAfterMsg") after.push(request["msg_id"] as bigint);
    if (request._ === "invokeAfterMsgs") after.push(...(request["msg_ids"] as readonly bigint[]));
    request = request["query"] as TlObject;
  }
  return { schema, request, layer, introduction, withoutUpdates, after };
}

function isWrapper(name: string): boolean {
  return name === "initConnection" || name.startsWith("invoke");
}

function read(body: Buffer, schema: Schema): TlObject {
  let request: TlObject;
  try {
    request = new TlReader(body, schema).object();
  } catch (error) {
    if (error instanceof UnknownConstructor) {
      throw new RpcError(400, `INPUT_METHOD_INVALID_${error.id}_0`);
    }
    if (error instanceof TlFormatError) throw new RpcError(400, "INPUT_REQUEST_TOO_SHORT");
    throw error;
  }
  if (schema.byName.get(request._)?.isMethod) return request;
  throw new RpcError(400, "INPUT_METHOD_INVALID");
}
