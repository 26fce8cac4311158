import { LibraryUnavailable, type SecretLibrary, type SecretLibrarySource } from "../secret-library.ts";
import type { KeychainHostProcess, SpawnKeychainHost } from "./keychain-host-process.ts";
import { HostAnswer, type HostRequest } from "./protocol.ts";

interface Waiting {
  resolve(value: string | boolean | null): void;
  reject(error: Error): void;
}

interface RunningHost {
  readonly process: KeychainHostProcess;
  readonly waiting: Map<number, Waiting>;
}

/** A request without what the channel adds to it. */
type Call = HostRequest extends infer Request
  ? Request extends HostRequest
    ? Omit<Request, "id">
    : never
  : never;

/**
 * The native library in a process of its own, started by the first call and again by the first one after it ended or
 * was cut. A call rejects with what the library threw, and with `LibraryUnavailable` where there is no library: it
 * did not load, or its process ended by itself.
 */
export function createHostedLibrary(spawn: SpawnKeychainHost): SecretLibrarySource {
  let running: RunningHost | null = null;
  let lastId = 0;

  function start(): RunningHost {
    const host: RunningHost = { process: spawn(), waiting: new Map() };
    host.process.onMessage((message) => settle(host, HostAnswer.parse(message)));
    host.process.onExit(() => end(host, new LibraryUnavailable("the keychain's process ended")));
    return host;
  }

  function end(host: RunningHost, why: Error): void {
    if (running === host) running = null;
    for (const { reject } of host.waiting.values()) reject(why);
    host.waiting.clear();
  }

  function ask(call: Call): Promise<string | boolean | null> {
    running ??= start();
    const { process, waiting } = running;
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      process.send({ ...call, id });
    });
  }

  const library: SecretLibrary = {
    async getPassword(service, account) {
      const value = await ask({ ask: "get", service, account });
      return typeof value === "string" ? value : null;
    },
    async setPassword(service, account, password) {
      await ask({ ask: "set", service, account, password });
    },
    deletePassword: async (service, account) => (await ask({ ask: "delete", service, account })) === true,
  };

  return {
    load: () => Promise.resolve(library),
    cut() {
      const host = running;
      if (!host) return;
      end(host, new Error("it was ended because a request had no answer"));
      host.process.kill();
    },
  };
}

function settle({ waiting }: RunningHost, answer: HostAnswer): void {
  const caller = waiting.get(answer.id);
  waiting.delete(answer.id);
  switch (answer.outcome) {
    case "done":
      caller?.resolve(answer.value);
      return;
    case "refused":
      caller?.reject(new Error(answer.reason));
      return;
    case "not-loaded":
      caller?.reject(new LibraryUnavailable(answer.reason));
  }
}
