/**
 * The process that holds the native keychain library: answers its parent's requests, in the channel between the two,
 * until it is killed. A call that hangs hangs here (docs/decisions/0013).
 */
import { loadKeytar } from "../secret-library.ts";
import { answerRequest } from "./answer-request.ts";
import { HostRequest } from "./protocol.ts";

/** How a utility process of Electron reaches its parent; a child of Node has `process.send` instead. */
interface ParentPort {
  on(event: "message", listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

const { parentPort } = process as typeof process & { readonly parentPort?: ParentPort };
if (parentPort) {
  // Electron ends its utility processes itself, also when it crashes.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
  parentPort.on("message", ({ data }) => void answer(data, (message) => parentPort.postMessage(message)));
} else {
  // Leaving in good order would wait for a thread that hangs.
  process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
  // Ctrl+C reaches the whole group, and the parent may still have a secret to save.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  process.on("message", (data) => void answer(data, (message) => process.send?.(message)));
}

async function answer(data: unknown, send: (message: unknown) => void): Promise<void> {
  send(await answerRequest(loadKeytar, HostRequest.parse(data)));
}
