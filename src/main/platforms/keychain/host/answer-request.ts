import type { SecretLibrary } from "../secret-library.ts";
import type { HostAnswer, HostRequest } from "./protocol.ts";

/** Does what the host was asked. Never rejects; what the library throws is in the answer. */
export async function answerRequest(
  load: () => Promise<SecretLibrary>,
  request: HostRequest,
): Promise<HostAnswer> {
  const { id } = request;
  let library: SecretLibrary;
  try {
    library = await load();
  } catch (error) {
    return { outcome: "not-loaded", id, reason: messageOf(error) };
  }
  try {
    return { outcome: "done", id, value: await call(library, request) };
  } catch (error) {
    return { outcome: "refused", id, reason: messageOf(error) };
  }
}

async function call(library: SecretLibrary, request: HostRequest): Promise<string | boolean | null> {
  const { service, account } = request;
  switch (request.ask) {
    case "get":
      return library.getPassword(service, account);
    case "set":
      await library.setPassword(service, account, request.password);
      return null;
    case "delete":
      return library.deletePassword(service, account);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
