import { Api, type TelegramClient } from "telegram";
import { NewMessage } from "telegram/events/index.js";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { accountAt, refusalOf, signedInGramjs } from "./gramjs-client.ts";
import { signedInMtcute } from "./mtcute-client.ts";

describe("updates of the simulated Telegram", () => {
  test("reach the other sessions of everybody concerned, and not the one that caused them", async () => {
    const sandbox = await openSandbox();
    const [writer, reader] = [await signedInGramjs(sandbox, 1), await signedInGramjs(sandbox, 3)];
    const heard: string[] = [];
    const toldReader = new Promise<void>((resolve) =>
      reader.addEventHandler(({ message }) => {
        heard.push(`reader: ${message.message}`);
        if (message.message === "two") resolve();
      }, new NewMessage({})),
    );
    writer.addEventHandler(({ message }) => heard.push(`writer: ${message.message}`), new NewMessage({}));
    await greet(sandbox, writer, "one");
    await greet(sandbox, writer, "two");
    await toldReader;
    expect(heard).toEqual(["reader: one", "reader: two"]);
  });

  test("that were missed are told by getDifference, in slices, up to the state it names", async () => {
    const sandbox = await openSandbox();
    const writer = await signedInGramjs(sandbox, 1);
    const reader = await signedInGramjs(sandbox, 3);
    const before = await reader.invoke(new Api.updates.GetState());
    for (let time = 0; time < 130; time++) await greet(sandbox, writer, `message ${time}`);
    const texts: string[] = [];
    const kinds: string[] = [];
    let state: { pts: number; date: number; qts: number } = before;
    for (;;) {
      const part: Api.updates.TypeDifference = await reader.invoke(
        new Api.updates.GetDifference({ pts: state.pts, date: state.date, qts: state.qts }),
      );
      kinds.push(part.className);
      if (part instanceof Api.updates.DifferenceEmpty) break;
      if (part instanceof Api.updates.DifferenceTooLong) throw new Error("too long");
      for (const message of part.newMessages) texts.push((message as Api.Message).message);
      // Later than the messages: what belongs to no box is asked for by date.
      const reached = part instanceof Api.updates.DifferenceSlice ? part.intermediateState : part.state;
      state = { pts: reached.pts, date: reached.date + 1, qts: reached.qts };
    }
    expect([kinds, texts]).toEqual([
      ["updates.DifferenceSlice", "updates.Difference", "updates.DifferenceEmpty"],
      Array.from({ length: 130 }, (_, time) => `message ${time}`),
    ]);
    const { pts, date, qts } = before;
    const tooMany = new Api.updates.GetDifference({ pts, date, qts, ptsTotalLimit: 10 });
    const fromFuture = new Api.updates.GetDifference({ pts: pts + 1_000_000, date, qts });
    expect([(await reader.invoke(tooMany)).className, await refusalOf(reader.invoke(fromFuture))]).toEqual([
      "updates.DifferenceTooLong",
      "400 PERSISTENT_TIMESTAMP_INVALID",
    ]);
  });

  test("of a channel are counted and told for that channel", async () => {
    const sandbox = await openSandbox();
    const [writer, reader] = [await signedInGramjs(sandbox, 0), await signedInGramjs(sandbox, 1)];
    const [theirs, mine] = await sharedGroup(writer, reader);
    const before = await reader.invoke(new Api.updates.GetState());
    const { channelId } = mine;
    const difference = (pts: number, limit = 100): Promise<Api.updates.TypeChannelDifference> =>
      reader.invoke(
        new Api.updates.GetChannelDifference({
          channel: new Api.InputChannel(mine),
          filter: new Api.ChannelMessagesFilterEmpty(),
          pts,
          limit,
        }),
      );
    const empty = await difference(1);
    for (const message of ["one", "two", "three"]) {
      await writer.invoke(
        new Api.messages.SendMessage({
          peer: new Api.InputPeerChannel(theirs),
          message,
        }),
      );
    }
    if (!(empty instanceof Api.updates.ChannelDifferenceEmpty)) throw new Error("nothing was sent yet");
    const first = await difference(empty.pts, 2);
    if (!(first instanceof Api.updates.ChannelDifference)) throw new Error("a difference was expected");
    const rest = await difference(first.pts);
    if (!(rest instanceof Api.updates.ChannelDifference)) throw new Error("a difference was expected");
    const { pts, date, qts } = before;
    const whole = await reader.invoke(new Api.updates.GetDifference({ pts, date, qts }));
    if (!(whole instanceof Api.updates.Difference)) throw new Error("a difference was expected");
    expect([
      [first, rest].map(({ final, newMessages }) => [
        final,
        newMessages.map((one) => (one as Api.Message).message),
      ]),
      whole.otherUpdates
        .filter((one) => one instanceof Api.UpdateChannelTooLong)
        .map((one) => [String(one.channelId), one.pts]),
    ]).toEqual([
      [
        [false, ["one", "two"]],
        [true, ["three"]],
      ],
      [[String(channelId), empty.pts + 3]],
    ]);
  });

  test("that got lost are noticed by mtcute at the next one, and fetched", async () => {
    const sandbox = await openSandbox();
    const writer = await signedInGramjs(sandbox, 1);
    const reader = await signedInMtcute(sandbox, 3);
    await reader.startUpdatesLoop();
    const texts: string[] = [];
    const heardAll = new Promise<void>((resolve) =>
      reader.onNewMessage.add(({ text }) => {
        texts.push(text);
        if (texts.length === 3) resolve();
      }),
    );
    await greet(sandbox, writer, "heard");
    sandbox.control.addFault({ platform: "telegram", method: "*", kind: "lose-update" });
    await greet(sandbox, writer, "lost");
    await greet(sandbox, writer, "heard again");
    await heardAll;
    expect(texts).toEqual(["heard", "lost", "heard again"]);
  });
});

/** A private message from a client to the fourth account. */
async function greet(sandbox: Sandbox, writer: TelegramClient, message: string): Promise<void> {
  const { username } = accountAt(sandbox, 3);
  if (username === null) throw new Error("the account has no username");
  await writer.sendMessage(username, { message });
}

interface ChannelName {
  readonly channelId: Api.long;
  readonly accessHash: Api.long;
}

/** A supergroup that both are in, as each of them names it. */
async function sharedGroup(one: TelegramClient, other: TelegramClient): Promise<[ChannelName, ChannelName]> {
  const [theirs, mine] = await Promise.all([groupsOf(one), groupsOf(other)]);
  for (const [id, name] of theirs) {
    const found = mine.get(id);
    if (found) return [name, found];
  }
  throw new Error("the two share no supergroup");
}

async function groupsOf(client: TelegramClient): Promise<Map<string, ChannelName>> {
  const dialogs = await client.getDialogs({});
  return new Map(
    dialogs.flatMap(({ entity }) =>
      entity instanceof Api.Channel && entity.megagroup && entity.accessHash
        ? [[String(entity.id), { channelId: entity.id, accessHash: entity.accessHash }] as const]
        : [],
    ),
  );
}
