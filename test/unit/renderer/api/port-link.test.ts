import { os } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useLinkState } from "#renderer/api/link-state.ts";
import { createPortLink, LinkLostError } from "#renderer/api/port-link.ts";
import { createORPCClient } from "@orpc/client";

interface Sample {
  greet(): Promise<string>;
  stall(): Promise<string>;
}

let mainPorts: MessagePort[] = [];
let isAnswering = true;

const router = {
  greet: os.handler(() => "hello"),
  stall: os.handler(() => new Promise<string>(() => {})),
};

beforeEach(() => {
  mainPorts = [];
  isAnswering = true;
  const page = Object.assign(new EventTarget(), {
    musterBridge: {
      requestPort() {
        if (!isAnswering) return;
        const { port1, port2 } = new MessageChannel();
        mainPorts.push(port2);
        new RPCHandler(router).upgrade(port2);
        port2.start();
        page.dispatchEvent(
          Object.assign(new Event("message"), { data: "muster:port", ports: [port1], source: page }),
        );
      },
    },
  });
  vi.stubGlobal("window", page);
});

afterEach(() => {
  for (const port of mainPorts) port.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function sampleClient(): Sample {
  return createORPCClient(createPortLink()) as unknown as Sample;
}

test("calls share one port, opened by the first of them", async () => {
  const client = sampleClient();
  expect(await Promise.all([client.greet(), client.greet()])).toEqual(["hello", "hello"]);
  expect({ ports: mainPorts.length, state: useLinkState.getState().state }).toEqual({
    ports: 1,
    state: "open",
  });
});

test("a call on a port that dies is told so, and the next one goes over a new port", async () => {
  const client = sampleClient();
  await client.greet();
  const stalled = client.stall().catch((error: unknown) => error);
  // The call must be under way when the port dies.
  await client.greet();
  mainPorts[0]?.close();
  expect(await stalled).toBeInstanceOf(LinkLostError);
  expect(useLinkState.getState().state).toBe("lost");
  expect(await client.greet()).toBe("hello");
  expect({ ports: mainPorts.length, state: useLinkState.getState().state }).toEqual({
    ports: 2,
    state: "open",
  });
});

test("a call that is never answered ends at its deadline", async () => {
  const deadline = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockReturnValue(deadline.signal);
  const client = sampleClient();
  const stalled = client.stall().catch((error: unknown) => error);
  await client.greet();
  deadline.abort();
  expect(await stalled).toMatchObject({ name: "LinkLostError", message: "No answer in time (stall)." });
  vi.restoreAllMocks();
});

test("without the preload the link says that it is missing", async () => {
  vi.stubGlobal("window", new EventTarget());
  await expect(sampleClient().greet()).rejects.toMatchObject({ name: "BridgeMissingError" });
  expect(useLinkState.getState().state).toBe("missing");
});

test("a port handed over by another window is not taken", async () => {
  isAnswering = false;
  const handOver = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockReturnValue(handOver.signal);
  const asked = sampleClient()
    .greet()
    .catch((error: unknown) => error);
  const { port1, port2 } = new MessageChannel();
  mainPorts.push(port1, port2);
  window.dispatchEvent(
    Object.assign(new Event("message"), { data: "muster:port", ports: [port1], source: new EventTarget() }),
  );
  handOver.abort(new Error("nobody came"));
  expect(await asked).toBeInstanceOf(LinkLostError);
  vi.restoreAllMocks();
});
