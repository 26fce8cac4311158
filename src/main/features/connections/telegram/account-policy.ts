import { ConnectionId } from "#shared/domain/ids.ts";

/** Signing the same account in again gives the same id. Telegram has no workspaces and uses `-` there. */
export function telegramConnectionId(userId: string): ConnectionId {
  return ConnectionId.parse(`telegram:-:${userId}`);
}

/** Where Telegram is reached, as a connection shows it. Null is Telegram itself. */
export function telegramApiUrl(server: { readonly host: string; readonly port: number } | null): string {
  if (server === null) return "mtproto://telegram.org";
  const host = server.host.includes(":") ? `[${server.host}]` : server.host;
  return `mtproto://${host}:${server.port}`;
}

/** `+44 20 7946 0000` as `+44 ••• 0000`: enough to tell one's own numbers apart, too little to call one. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, "");
  return digits.length < 8 ? `+••• ${digits.slice(-2)}` : `+${digits.slice(0, 2)} ••• ${digits.slice(-4)}`;
}

/** What an account is called where a user name is expected: many have no username. */
export function accountName(
  self: { readonly userId: string; readonly username: string | null },
  maskedPhone: string | null,
): string {
  return self.username === null ? (maskedPhone ?? self.userId) : `@${self.username}`;
}
