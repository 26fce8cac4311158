import { expect, test } from "vitest";
import { pageDestinations } from "#main/features/insights/policy/destinations.ts";
import type { Destination } from "#shared/domain/telling.ts";

function place(name: string, change: Partial<Destination> = {}): Destination {
  return { target: `C-${name}`, name, kind: "private-channel", isCustomers: false, ...change };
}

const ALL = [
  place("acme-bitsafe", { isCustomers: true }),
  place("ops"),
  place("Alerts"),
  place("Saved Messages", { target: "self", kind: "saved-messages" }),
];

function namesOf(search: string, cursor: string | null = null, limit = 2): [string[], string | null] {
  const { items, nextCursor } = pageDestinations(ALL, { search, cursor, limit });
  return [items.map(({ name }) => name), nextCursor];
}

test("our own places come first, customers' last, page after page", () => {
  expect([namesOf(""), namesOf("", "2"), namesOf("", "4")]).toEqual([
    [["Saved Messages", "Alerts"], "2"],
    [["ops", "acme-bitsafe"], null],
    [[], null],
  ]);
});

test("a search is in names and ids, in any case, with or without the sign that Slack shows", () => {
  expect([namesOf("#ALERT"), namesOf(" c-acme"), namesOf("self"), namesOf("nothing")]).toEqual([
    [["Alerts"], null],
    [["acme-bitsafe"], null],
    [["Saved Messages"], null],
    [[], null],
  ]);
});

test("a cursor that is none begins at the beginning", () => {
  expect(namesOf("", "-7 or so")).toEqual(namesOf(""));
});
