import { MessageChannel } from "node:worker_threads";
import { createORPCClient, ORPCError } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { type ContractRouterClient, eventIterator, oc } from "@orpc/contract";
import { implement } from "@orpc/server";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { answerWith } from "#main/ipc/answer.ts";
import { type CallContext, createTransport } from "#main/ipc/transport.ts";
import { failing } from "#shared/contract/failures.ts";
import { failure, FailureError } from "#shared/domain/failure.ts";
import type { Log } from "#shared/lib/log.ts";
import { err } from "#shared/lib/result.ts";

const contract = {
  double: oc.input(z.object({ value: z.number() })).output(z.number()),
  refuse: oc.output(z.void()).errors(failing("input/not-found")),
  fillDisk: oc.output(z.void()),
  crash: oc.output(z.void()),
  lie: oc.output(z.number()),
  count: oc.output(eventIterator(z.number())),
};

const answers = implement(contract).$context<CallContext>();
const router = answers.router({
  double: answers.double.handler(({ input }) => input.value * 2),
  refuse: answers.refuse.handler(() =>
    answerWith(Promise.resolve(err(failure("input/not-found", { id: "x" })))),
  ),
  fillDisk: answers.fillDisk.handler(() => {
    throw new FailureError(failure("store/disk-full"));
  }),
  crash: answers.crash.handler(() => {
    throw new TypeError("token xoxp-1-2 is not a function");
  }),
  lie: answers.lie.handler(() => "four" as unknown as number),
  count: answers.count.handler(async function* () {
    yield 1;
    yield 2;
  }),
});

const logged: { event: string; fields: Record<string, unknown> | undefined }[] = [];
const record = (event: string, fields?: Record<string, unknown>) => void logged.push({ event, fields });
const log: Log = { debug: record, info: record, warn: record, error: record };

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const channel of channels.splice(0)) channel.port1.close();
  logged.length = 0;
});

function connect(sender: CallContext["sender"]) {
  const channel = new MessageChannel();
  channels.push(channel);
  createTransport(router, log).attach(channel.port1, sender);
  channel.port1.start();
  const link = new RPCLink({ port: channel.port2 });
  channel.port2.start();
  return createORPCClient<ContractRouterClient<typeof contract> & Record<string, () => Promise<unknown>>>(
    link,
  );
}

async function refusal(call: Promise<unknown>): Promise<{ code: string; data: unknown; message: string }> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ORPCError)) throw new Error(`expected a refusal, got ${String(error)}`);
  return { code: error.code, data: error.data, message: error.message };
}

test("a registered window gets its answer", async () => {
  expect(await connect("window").double({ value: 21 })).toBe(42);
});

test("a stream arrives item by item", async () => {
  const seen: number[] = [];
  for await (const value of await connect("window").count()) seen.push(value);
  expect(seen).toEqual([1, 2]);
});

test("an unregistered sender is refused whatever it asks", async () => {
  const client = connect("unregistered");
  expect([await refusal(client.double({ value: 1 })), await refusal(client["noSuchThing"]!())]).toMatchObject(
    [{ code: "UNREGISTERED_SENDER" }, { code: "UNREGISTERED_SENDER" }],
  );
});

test("an unknown name is refused as not found", async () => {
  expect(await refusal(connect("window")["noSuchThing"]!())).toMatchObject({ code: "NOT_FOUND" });
});

test("a bad input is refused before it reaches the feature", async () => {
  expect(await refusal(connect("window").double({ value: "2" as unknown as number }))).toMatchObject({
    code: "BAD_REQUEST",
    data: { issues: [{ path: ["value"] }] },
  });
});

test("a declared failure arrives under its own code with its facts", async () => {
  expect(await refusal(connect("window").refuse())).toMatchObject({
    code: "input/not-found",
    data: { failure: { code: "input/not-found", facts: { id: "x" } } },
  });
});

test("a failure thrown by the store keeps its code even where it was not declared", async () => {
  expect(await refusal(connect("window").fillDisk())).toMatchObject({
    code: "store/disk-full",
    data: { failure: { code: "store/disk-full" } },
  });
});

test("a thrown defect shows a reference and nothing else, and the log has the rest", async () => {
  const shown = await refusal(connect("window").crash());
  const { reference } = shown.data as { reference: string };
  expect(shown).toEqual({
    code: "INTERNAL_SERVER_ERROR",
    message: `Internal error ${reference}`,
    data: { reference },
  });
  expect(logged).toMatchObject([{ event: "internal-error", fields: { reference, procedure: "crash" } }]);
});

test("an answer that breaks its own schema is a defect", async () => {
  expect(await refusal(connect("window").lie())).toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
});
