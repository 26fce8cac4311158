import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { RPCResult, TLMessage } from "telegram/tl/core/index.js";
import { expect, test, vi } from "vitest";
import { Sender } from "#main/platforms/telegram/sender.ts";
import { Wire } from "#main/platforms/telegram/wire.ts";

test("a refusal in a container does not swallow the answers behind it", async () => {
  const wire = new Wire("127.0.0.1", 1, () => undefined);
  wire.send = () => Promise.resolve();
  wire.isConnected = () => true;
  wire.recv = () => new Promise(() => undefined);
  const unreadable = vi.fn<() => void>();
  const key = { bytes: Buffer.alloc(256, 1), timeOffsetS: 0 };
  const sender = await Sender.start(wire, key, {
    onBroken: () => undefined,
    onUpdate: () => undefined,
    onUnreadable: unreadable,
  });
  const first = sender.send(new Api.users.GetUsers({ id: [] }));
  const second = sender.send(new Api.updates.GetState());
  const outcomes = Promise.allSettled([first, second]);
  await vi.waitFor(() => expect(sender._pendingState.values()).toHaveLength(2));
  const [one, two] = sender._pendingState.values().map(({ msgId }) => msgId!);

  const refusal = new Api.RpcError({ errorCode: 400, errorMessage: "PEER_ID_INVALID" });
  const state = new Api.updates.State({ pts: 1, qts: 0, date: 0, seq: 0, unreadCount: 0 });
  const messages = [
    new TLMessage(returnBigInt(5), 1, new RPCResult(one!, undefined, refusal)),
    new TLMessage(returnBigInt(9), 3, new RPCResult(two!, state.getBytes(), undefined)),
  ];
  await sender._handleContainer(new TLMessage(returnBigInt(13), 5, { messages }));
  const told = await outcomes;
  expect({
    told: told.map((outcome) =>
      outcome.status === "fulfilled"
        ? outcome.value instanceof Api.updates.State
        : (outcome.reason as { errorMessage: string }).errorMessage,
    ),
    unreadable: unreadable.mock.calls.length,
  }).toEqual({ told: ["PEER_ID_INVALID", true], unreadable: 0 });
});
