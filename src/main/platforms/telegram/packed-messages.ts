import { gunzipSync } from "node:zlib";
import { BinaryReader } from "telegram/extensions/index.js";
import { GZIPPacked, MessageContainer, TLMessage } from "telegram/tl/core/index.js";

/** Telegram's largest answers are a megabyte; what unpacks to more is not Telegram's. */
const MAX_UNPACKED_BYTES = 16 * 1024 * 1024;

/**
 * Replaces how the library reads containers and packed answers, for the whole process.
 *
 * Its own way reads every message of a container before it handles any, so that one of a form it does not know, an
 * update of a later version perhaps, costs all the others their answers, which are then waited for until their
 * deadline. Here each is read when it is handled, and throws then. And answers are unpacked by zlib, several times
 * faster than by the library's own inflate, which held the main thread.
 */
export function readPackedMessagesOneByOne(): void {
  MessageContainer.fromReader = (reader: BinaryReader) =>
    Promise.resolve(
      new MessageContainer(Array.from({ length: reader.readInt() }, () => readMessageLater(reader))),
    );
  GZIPPacked.ungzip = (input: Buffer) => gunzipSync(input, { maxOutputLength: MAX_UNPACKED_BYTES });
}

function readMessageLater(reader: BinaryReader): TLMessage {
  const message = new TLMessage(reader.readLong(), reader.readInt(), null);
  const body = reader.read(reader.readInt());
  let object: unknown;
  return Object.defineProperty(message, "obj", {
    get: () => (object ??= new BinaryReader(body).tgReadObject()),
    // The library puts the object in the place of a promise of it.
    set(value: unknown) {
      object = value;
    },
  });
}
