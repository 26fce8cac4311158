import type { TelegramServer } from "./telegram-session.ts";

export interface DataCentreAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Telegram's own data centres, by number (my.telegram.org, "App configuration", and the addresses that clients ship;
 * checked 2026-11). The server's own list takes precedence once a connection has told it.
 */
const ADDRESSES: Readonly<Record<number, string>> = {
  1: "149.154.175.53",
  2: "149.154.167.51",
  3: "149.154.175.100",
  4: "149.154.167.91",
  5: "91.108.56.130",
};

const PORT = 443;

/** Where somebody who is not known yet begins; the server names the right one for a phone number. */
export const FIRST_DATA_CENTRE = 2;

/** What a server says about its data centres; of the library's config, the part that is read here. */
interface DataCentreOption {
  readonly id: number;
  readonly ipAddress: string;
  readonly port: number;
  readonly ipv6?: boolean | undefined;
  readonly mediaOnly?: boolean | undefined;
  readonly cdn?: boolean | undefined;
  readonly tcpoOnly?: boolean | undefined;
}

/**
 * Where data centre `id` is reached; null for one that nobody has told of. Another server than Telegram's own is
 * always where the operator said, whatever it claims: it must not send us elsewhere.
 */
export function findAddress(
  id: number,
  server: TelegramServer | null,
  told: readonly DataCentreOption[],
): DataCentreAddress | null {
  if (server) return { host: server.host, port: server.port };
  const option = told.find(
    (each) => each.id === id && !each.ipv6 && !each.mediaOnly && !each.cdn && !each.tcpoOnly,
  );
  if (option) return { host: option.ipAddress, port: option.port };
  const host = ADDRESSES[id];
  return host === undefined ? null : { host, port: PORT };
}
