import type { CallContext, MethodRegistry } from "#sandbox/telegram/method.ts";
import { accessHash } from "#sandbox/telegram/methods/access-hash.ts";
import { viewerOf } from "#sandbox/telegram/methods/inputs.ts";
import { stateOf } from "#sandbox/telegram/methods/telegram-state.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import { textOf } from "#sandbox/telegram/methods/request-text.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { World } from "#sandbox/world/model.ts";

/** Bounds of one part and one answer (core.telegram.org/api/files, checked 2026-11). */
const PART_MOST = 524_288;
const ANSWER_MOST = 1_048_576;

/** Uploading in parts and downloading by range (core.telegram.org/api/files, checked 2026-11). */
export const FILE_METHODS: MethodRegistry = {
  "upload.saveFilePart": (request, call) => savePart(request, call),
  "upload.saveBigFilePart": (request, call) => savePart(request, call),

  "upload.getFile": (request, call) => {
    const location = request["location"] as TlObject;
    const viewer = viewerOf(call).index;
    const file = stateOf(call.world).files.get(location["id"] as bigint);
    const known = location._ === "inputDocumentFileLocation" && file !== undefined;
    if (!known) throw new RpcError(400, "LOCATION_INVALID");
    if (location["access_hash"] !== accessHash(call.world.seed, viewer, "document", Number(file.id))) {
      throw new RpcError(400, "FILE_ID_INVALID");
    }
    const offset = Number(request["offset"]);
    const limit = Number(request["limit"]);
    if (limit <= 0 || limit > ANSWER_MOST || limit % 1_024 !== 0) throw new RpcError(400, "LIMIT_INVALID");
    if (offset < 0 || offset % 1_024 !== 0) throw new RpcError(400, "OFFSET_INVALID");
    return {
      _: "upload.file",
      type: { _: "storage.filePartial" },
      mtime: file.dateS,
      bytes: file.bytes.subarray(offset, offset + limit),
    };
  },
};

/** Puts the uploaded parts of a document together and keeps it. Returns its id. */
export function keepUpload(media: TlObject, call: CallContext): bigint {
  if (media._ !== "inputMediaUploadedDocument") throw new RpcError(400, "MEDIA_INVALID");
  const file = media["file"] as TlObject;
  const state = stateOf(call.world);
  const key = partsKey(call, file["id"]);
  const parts = state.parts.get(key);
  const count = Number(file["parts"]);
  if (!parts || parts.size < count || count === 0) throw new RpcError(400, "FILE_PARTS_INVALID");
  state.parts.delete(key);
  const ordered = Array.from({ length: count }, (_unused, at) => parts.get(at) ?? new Uint8Array());
  const name = (media["attributes"] as readonly TlObject[]).find(
    (one) => one._ === "documentAttributeFilename",
  );
  return keepFile(call.world, {
    name: textOf(name ?? file, name ? "file_name" : "name"),
    mimeType: textOf(media, "mime_type"),
    bytes: Buffer.concat(ordered),
    dateS: call.nowS,
  });
}

/** Keeps a file that did not come over the API. */
export function keepFile(
  world: World,
  file: {
    readonly name: string;
    readonly mimeType: string;
    readonly bytes: Uint8Array;
    readonly dateS: number;
  },
): bigint {
  const { files } = stateOf(world);
  const id = BigInt(5_000_000_000_000 + files.size + 1);
  files.set(id, { ...file, id });
  return id;
}

function savePart(request: TlObject, call: CallContext): boolean {
  const bytes = request["bytes"] as Uint8Array;
  const part = Number(request["file_part"]);
  if (bytes.length === 0) throw new RpcError(400, "FILE_PART_EMPTY");
  if (bytes.length > PART_MOST) throw new RpcError(400, "FILE_PART_TOO_BIG");
  if (part < 0 || part >= 8_000) throw new RpcError(400, "FILE_PART_INVALID");
  const { parts } = stateOf(call.world);
  const key = partsKey(call, request["file_id"]);
  parts.set(key, (parts.get(key) ?? new Map<number, Uint8Array>()).set(part, Uint8Array.from(bytes)));
  return true;
}

function partsKey(call: CallContext, fileId: unknown): string {
  return `${viewerOf(call).index} ${String(fileId)}`;
}
