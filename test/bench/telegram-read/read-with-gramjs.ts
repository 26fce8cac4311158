import { createPublicKey } from "node:crypto";
import { Api, TelegramClient } from "telegram";
import { _serverKeys } from "telegram/crypto/RSA.js";
import { PromisedNetSockets } from "telegram/extensions/index.js";
import { LogLevel } from "telegram/extensions/Logger.js";
import { readBigIntFromBuffer, returnBigInt } from "telegram/Helpers.js";
import { StringSession } from "telegram/sessions/index.js";
import { measure } from "./reader.ts";

// Unmodified gramjs reading the same pages and doing nothing with them.
await measure(async ({ app, server, secret }) => {
  const [session = "", fingerprint = ""] = secret.split("~");
  const { n = "", e = "" } = createPublicKey(server.publicKeyPem).export({ format: "jwk" });
  _serverKeys.set(fingerprint, {
    n: readBigIntFromBuffer(Buffer.from(n, "base64url"), false),
    e: Number.parseInt(Buffer.from(e, "base64url").toString("hex"), 16),
  });
  class SandboxSocket extends PromisedNetSockets {
    override connect(): Promise<unknown> {
      return super.connect(server.port, server.host);
    }
  }
  const client = new TelegramClient(new StringSession(session), app.apiId, app.apiHash, {
    networkSocket: SandboxSocket,
  });
  client.setLogLevel(LogLevel.NONE);
  await client.connect();
  const channels: Api.Channel[] = [];
  for await (const { entity } of client.iterDialogs({})) {
    if (entity instanceof Api.Channel && (entity.megagroup || entity.forum)) channels.push(entity);
  }
  return {
    groups: channels.length,
    async read(tick) {
      for (const channel of channels) {
        for (let offset = 0; ;) {
          const page = await client.invoke(
            new Api.channels.GetParticipants({
              channel: new Api.InputChannel({ channelId: channel.id, accessHash: channel.accessHash! }),
              filter: new Api.ChannelParticipantsSearch({ q: "" }),
              offset,
              limit: 200,
              hash: returnBigInt(0),
            }),
          );
          if (!(page instanceof Api.channels.ChannelParticipants)) throw new Error("no member list");
          tick({ members: page.participants.length });
          offset += page.participants.length;
          if (page.participants.length === 0 || offset >= page.count) break;
        }
      }
    },
    close: () => client.destroy(),
  };
});
