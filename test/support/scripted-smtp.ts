import { once } from "node:events";
import { createServer, type Socket } from "node:net";

export interface SmtpMessage {
  readonly from: string;
  readonly to: string[];
  /** By name in lower case. */
  readonly headers: Record<string, string>;
  /** The decoded body, with line feeds. */
  readonly text: string;
}

/** As much of a mail server as a client needs: EHLO, AUTH PLAIN, one envelope, DATA. */
export interface ScriptedSmtp {
  readonly port: number;
  readonly messages: SmtpMessage[];
  /** `user password` of every login that was accepted. */
  readonly logins: string[];
  close(): Promise<void>;
}

/** Accepts the password `s3cret`, and every recipient but `nobody@…`. */
export async function startSmtp(): Promise<ScriptedSmtp> {
  const messages: SmtpMessage[] = [];
  const logins: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let buffered = "";
    let from = "";
    let to: string[] = [];
    let isInData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 scripted ESMTP");
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      buffered += chunk;
      for (;;) {
        const end = isInData ? buffered.indexOf("\r\n.\r\n") : buffered.indexOf("\r\n");
        if (end < 0) return;
        const line = buffered.slice(0, end);
        buffered = buffered.slice(end + (isInData ? 5 : 2));
        if (isInData) {
          isInData = false;
          messages.push({ from, to, ...parse(line) });
          say("250 taken");
        } else answer(line);
      }
    });
    function answer(line: string): void {
      const [, verb = ""] = /^(\w+)/.exec(line) ?? [];
      const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
      if (verb === "EHLO") say("250-scripted\r\n250 AUTH PLAIN");
      else if (verb === "AUTH") {
        const [, user, password] = Buffer.from(line.split(" ")[2] ?? "", "base64")
          .toString()
          .split("\0");
        if (password === "s3cret") {
          logins.push(`${user} ${password}`);
          say("235 welcome");
        } else say("535 5.7.8 wrong password");
      } else if (verb === "MAIL") {
        from = address;
        to = [];
        say("250 ok");
      } else if (verb === "RCPT") {
        if (address.startsWith("nobody@")) say("550 5.1.1 no such mailbox");
        else {
          to.push(address);
          say("250 ok");
        }
      } else if (verb === "DATA") {
        isInData = true;
        say("354 go on");
      } else if (verb === "QUIT") {
        say("221 bye");
        socket.end();
      } else say("250 ok");
    }
    socket.on("close", () => sockets.delete(socket)).on("error", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it listens on a port");
  return {
    port: address.port,
    messages,
    logins,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function parse(raw: string): Pick<SmtpMessage, "headers" | "text"> {
  const [head = "", ...rest] = raw.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  const headers = Object.fromEntries(
    head
      .replaceAll(/\r\n\s+/g, " ")
      .split("\r\n")
      .map((line) => {
        const at = line.indexOf(":");
        return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
      }),
  );
  const isBase64 = headers["content-transfer-encoding"] === "base64";
  const text = isBase64 ? Buffer.from(body, "base64").toString("utf8") : body;
  return { headers, text: text.replaceAll("\r\n", "\n") };
}
