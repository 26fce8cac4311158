import { gzipSync } from "node:zlib";
import { PROTOCOL_SCHEMA, type Schema } from "#sandbox/telegram/tl/schema.ts";
import { GZIP_PACKED_ID } from "#sandbox/telegram/tl/tl-reader.ts";
import { TlWriter, UnwritableValue } from "#sandbox/telegram/tl/tl-writer.ts";
import type { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { TlValue } from "#sandbox/telegram/tl-value.ts";
import { RPC_RESULT_ID } from "#sandbox/telegram/wire/service-messages.ts";

/** Larger answers are packed when that makes them smaller. */
const PACK_FROM_BYTES = 1_024;
const PACK_LEVEL = 1;

/** `rpc_result` with a value of the method's result type. Throws `UnwritableValue`. */
export function writeResult(schema: Schema, requestId: bigint, method: string, value: TlValue): Buffer {
  const definition = schema.byName.get(method);
  if (!definition) throw new UnwritableValue(`layer ${schema.layer} has no method ${method}`);
  const body = new TlWriter(schema, 1_024).value(definition.result, value, method).finish();
  return wrap(requestId, packed(body));
}

/** `rpc_result` with an `rpc_error`. */
export function writeError(requestId: bigint, { code, message }: Pick<RpcError, "code" | "message">): Buffer {
  const error = { _: "rpc_error", error_code: code, error_message: message };
  return wrap(requestId, new TlWriter(PROTOCOL_SCHEMA).object(error).finish());
}

function wrap(requestId: bigint, body: Buffer): Buffer {
  return new TlWriter(PROTOCOL_SCHEMA, body.length + 12)
    .int(RPC_RESULT_ID)
    .long(requestId)
    .raw(body)
    .finish();
}

function packed(body: Buffer): Buffer {
  if (body.length < PACK_FROM_BYTES) return body;
  const zipped = gzipSync(body, { level: PACK_LEVEL });
  if (zipped.length + 12 >= body.length) return body;
  return new TlWriter(PROTOCOL_SCHEMA, zipped.length + 12).int(GZIP_PACKED_ID).bytes(zipped).finish();
}
