import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { expect, test } from "vitest";
import { Peers } from "#main/platforms/telegram/peers.ts";

function user(id: number, more: Partial<ConstructorParameters<typeof Api.User>[0]> = {}): Api.User {
  return new Api.User({ id: returnBigInt(id), accessHash: returnBigInt(id * 7), ...more });
}

function channel(id: number, more: Partial<ConstructorParameters<typeof Api.Channel>[0]> = {}): Api.Channel {
  return new Api.Channel({
    id: returnBigInt(id),
    accessHash: returnBigInt(id * 3),
    title: "t",
    photo: new Api.ChatPhotoEmpty(),
    date: 0,
    ...more,
  });
}

test("addresses whom an answer has named, by the hash of the latest", () => {
  const peers = new Peers();
  peers.learn([channel(5)], [user(1)]);
  peers.learn([], [user(1, { accessHash: returnBigInt(99) })]);
  expect([
    peers.findUser("1")?.accessHash.toString(),
    peers.findUserPeer("1")?.accessHash.toString(),
    peers.findChannel("5")?.accessHash.toString(),
    peers.findUser("2"),
    peers.findChannel("6"),
  ]).toEqual(["99", "99", "15", null, null]);
});

test("does not take the hash of a mention that is only a summary", () => {
  const peers = new Peers();
  peers.learn([channel(5, { min: true })], [user(1, { min: true })]);
  expect([peers.findUser("1"), peers.findChannel("5")]).toEqual([null, null]);
});

test("forgets passers-by when there are too many, and never whom it was asked to keep", () => {
  const peers = new Peers();
  peers.learn([], [user(1), user(2)]);
  peers.keep("1");
  for (let from = 10; from < 60_010; from += 1_000) {
    peers.learn(
      [],
      Array.from({ length: 1_000 }, (_, index) => user(from + index)),
    );
  }
  expect([1, 2, 10, 60_009].map((id) => peers.findUser(String(id)) !== null)).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test("who was asked for before being met is kept once something names them, and once more when their hash was wrong", () => {
  const peers = new Peers();
  peers.keep("1");
  const before = peers.take();
  peers.learn([], [user(1), user(2)]);
  const met = peers.take();
  peers.forget("user", "1");
  peers.learn([], [user(1, { accessHash: returnBigInt(99) })]);
  const again = peers.take();
  const one = { kind: "user", peerId: "1", username: null };
  expect([before, met, again]).toEqual([[], [{ ...one, accessHash: "7" }], [{ ...one, accessHash: "99" }]]);
});

test("a later session knows the channels and the people who were kept; a damaged hash is no harm", () => {
  const first = new Peers();
  first.learn([channel(5)], [user(1), user(2)]);
  first.keep("1");
  const learned = first.take();
  const damaged = { kind: "channel", peerId: "6", accessHash: "x", username: null } as const;
  const second = new Peers([...learned, damaged]);
  expect({
    found: ["5", "6"].map((id) => second.findChannel(id) !== null),
    people: ["1", "2"].map((id) => second.findUser(id) !== null),
    again: [first.take(), second.take()],
  }).toEqual({ found: [true, false], people: [true, false], again: [[], []] });
});

test("tells only what is new, each once, and what has to be forgotten", () => {
  let told = 0;
  const peers = new Peers([], () => (told += 1));
  peers.learn([channel(5)], [user(1)]);
  peers.learn([channel(5)], [user(1)]);
  const learned = peers.take();
  peers.forget("channel", "5");
  peers.forget("user", "9");
  expect({ learned, told, later: peers.take() }).toEqual({
    learned: [{ kind: "channel", peerId: "5", accessHash: "15", username: null }],
    told: 2,
    later: [{ kind: "channel", peerId: "5", accessHash: null, username: null }],
  });
});

test("a username is one person's: when it moves, whoever had it has it no more", () => {
  const peers = new Peers();
  peers.learn([], [user(1), user(2)]);
  peers.name("@Anna", "1");
  peers.take();
  peers.name("anna", "2");
  expect({ named: peers.findNamed("ANNA"), news: peers.take() }).toEqual({
    named: "2",
    news: [
      { kind: "user", peerId: "1", accessHash: "7", username: null },
      { kind: "user", peerId: "2", accessHash: "14", username: "anna" },
    ],
  });
});
