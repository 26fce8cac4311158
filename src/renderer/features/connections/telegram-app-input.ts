import type { TelegramSignInInput } from "#shared/contract/connections.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

/** What is wrong with which field of the application form. */
export interface AppProblems {
  readonly apiId?: string;
  readonly apiHash?: string;
  readonly server?: string;
  readonly publicKeyPem?: string;
}

/** Reads the form by its fields' names; an empty field is undefined. */
export function readAppForm(
  textOf: (name: keyof AppProblems) => string | undefined,
): Result<TelegramSignInInput, AppProblems> {
  const apiId = Number(textOf("apiId"));
  const apiHash = textOf("apiHash");
  const address = textOf("server");
  const publicKeyPem = textOf("publicKeyPem");
  const server = address === undefined ? null : parseServer(address);
  const problems: AppProblems = {
    ...(Number.isInteger(apiId) && apiId > 0 && apiId <= 2_147_483_647
      ? {}
      : { apiId: "Enter the number that my.telegram.org shows." }),
    ...(apiHash === undefined ? { apiHash: "Enter the hash that stands below it." } : {}),
    ...(address !== undefined && server === null ? { server: "Write it as host:port." } : {}),
    ...(address === undefined && publicKeyPem !== undefined ? { server: "Enter the server's address." } : {}),
    ...(address !== undefined && publicKeyPem === undefined
      ? { publicKeyPem: "Paste the server's public key." }
      : {}),
  };
  if (apiHash === undefined || Object.keys(problems).length > 0) return err(problems);
  return ok({
    app: "given",
    apiId,
    apiHash,
    ...(server && publicKeyPem !== undefined ? { server: { ...server, publicKeyPem } } : {}),
  });
}

/** `host:port`, with brackets around an IPv6 address; null for anything else. */
export function parseServer(text: string): { host: string; port: number } | null {
  const found = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text);
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3]);
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : null;
}
