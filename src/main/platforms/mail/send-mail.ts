import { createTransport } from "nodemailer";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import type { MailFailure } from "./mail-failure.ts";
import { readMailError } from "./translate-error.ts";

/** A mail server and who sends through it. */
export interface MailAccount {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte; `starttls` or nothing is sent; `none` in the clear. */
  readonly security: "tls" | "starttls" | "none";
  /** Null for a server that asks for none. The password is a secret. */
  readonly login: { readonly user: string; readonly password: string } | null;
}

export interface MailMessage {
  readonly from: string;
  /** One address, or several with commas between them. */
  readonly to: string;
  readonly subject: string;
  /** Plain text; nothing in it is ever read as HTML. */
  readonly text: string;
}

const CONNECT_MS = 15 * SECOND_MS;
const ANSWER_MS = 30 * SECOND_MS;

/**
 * Sends one message over a connection of its own. `mail/login-refused` and `mail/refused` (with the server's own words)
 * when the server said no, `network/*` when it did not answer. Nothing is tried again here.
 */
export async function sendMail(
  account: MailAccount,
  message: MailMessage,
): Promise<Result<void, MailFailure>> {
  const { host, port, security, login } = account;
  const transport = createTransport({
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    // Texts come from customers: nothing in them may name a file or an address to read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ ...message, textEncoding: "base64" });
    return ok(undefined);
  } catch (error) {
    return err(readMailError(error));
  } finally {
    transport.close();
  }
}
