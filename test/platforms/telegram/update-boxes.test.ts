import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { expect, test } from "vitest";
import { COMMON_BOX, type Piece, type Taken, UpdateBoxes } from "#main/platforms/telegram/changes-boxes.ts";

const STATE = { pts: 0, qts: 0, date: 1, seq: 0 };

/** An update that counts for one in a channel's box, or in the common one. */
function packet(pts: number, channel: string | null = null): Api.Updates {
  const messages = [pts];
  const update =
    channel === null
      ? new Api.UpdateDeleteMessages({ messages, pts, ptsCount: 1 })
      : new Api.UpdateDeleteChannelMessages({ channelId: returnBigInt(channel), messages, pts, ptsCount: 1 });
  return new Api.Updates({ updates: [update], users: [], chats: [], date: 1, seq: 0 });
}

function loose(seq: number): Api.Updates {
  const update = new Api.UpdateChannel({ channelId: returnBigInt(seq) });
  return new Api.Updates({ updates: [update], users: [], chats: [], date: 1, seq });
}

function numbersIn(pieces: readonly Piece[]): number[] {
  return pieces.flatMap(({ updates }) =>
    updates.map((update) =>
      update instanceof Api.UpdateChannel ? Number(update.channelId) : (update as { pts: number }).pts,
    ),
  );
}

function begun(): UpdateBoxes {
  const boxes = new UpdateBoxes();
  boxes.begin(STATE);
  return boxes;
}

/** Always the same "random" order, in which everything comes twice and is late by up to thirty places. */
function shuffled(count: number): number[] {
  let seed = 7;
  const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: count }, (_, at) => at + 1)
    .flatMap((pts) => [1, 2].map(() => ({ pts, place: pts + random() * 30 })))
    .toSorted((one, other) => one.place - other.place)
    .map(({ pts }) => pts);
}

test.each([null, "1900000001"])(
  "ten thousand updates that come twice and out of order are let through once and in order (channel %s)",
  (channel) => {
    const boxes = begun();
    if (channel !== null) boxes.noteChannel(channel, 0);
    const passed = shuffled(10_000).flatMap((pts) =>
      numbersIn(boxes.take(packet(pts, channel), false).pieces),
    );
    expect(passed).toEqual(Array.from({ length: 10_000 }, (_, at) => at + 1));
    expect(boxes.isBehind(channel ?? COMMON_BOX)).toBe(false);
  },
);

test("packets count in a sequence of their own, in which one may stand for several", () => {
  const boxes = begun();
  const combined = new Api.UpdatesCombined({
    updates: [new Api.UpdateChannel({ channelId: returnBigInt(24) })],
    users: [],
    chats: [],
    date: 1,
    seqStart: 2,
    seq: 4,
  });
  const takes = [loose(5), combined, loose(3), loose(1), loose(5), loose(6)].map((each) =>
    boxes.take(each, false),
  );
  expect(takes.map(({ pieces, behind }) => [numbersIn(pieces), behind])).toEqual([
    [[], [COMMON_BOX]],
    [[], [COMMON_BOX]],
    [[], [COMMON_BOX]],
    [[1, 24, 5], []],
    [[], []],
    [[6], []],
  ]);
});

test("what cannot be held is let go of and asked for again, so that memory is bounded", () => {
  const boxes = begun();
  boxes.noteChannel("5", 0);
  for (let pts = 10_000; pts > 1; pts -= 1) boxes.take(packet(pts, "5"), false);
  const isBehind = boxes.isBehind("5");
  boxes.ask("5");
  boxes.reach("5", 10_000);
  const settled = boxes.settle("5");
  const next = boxes.take(packet(10_001, "5"), false);
  expect([isBehind, numbersIn(settled.pieces), settled.behind, numbersIn(next.pieces)]).toEqual([
    true,
    [],
    [],
    [10_001],
  ]);
});

test("what comes while a box is asked about waits, and what the answer held is dropped", () => {
  const boxes = begun();
  boxes.noteChannel("5", 3);
  boxes.ask("5");
  const waiting = [5, 4, 7, 6].map((pts) => boxes.take(packet(pts, "5"), false));
  boxes.reach("5", 5);
  const { pieces, behind }: Taken = boxes.settle("5");
  expect([waiting.flatMap((each) => numbersIn(each.pieces)), numbersIn(pieces), behind]).toEqual([
    [],
    [6, 7],
    [],
  ]);
});

test("a listing tells where a channel is only as long as nothing was counted there", () => {
  const boxes = begun();
  boxes.noteChannel("5", 3);
  boxes.noteChannel("5", 9);
  const { pieces } = boxes.take(packet(4, "5"), false);
  expect([numbersIn(pieces), boxes.channelPts("5"), boxes.channelPts("6")]).toEqual([[4], 4, null]);
});
