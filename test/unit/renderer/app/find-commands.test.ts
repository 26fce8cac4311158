import { expect, test } from "vitest";
import { type CommandSource, findCommands } from "#renderer/app/find-commands.ts";

function item(label: string, detail?: string) {
  return { id: label, label, detail, run() {} };
}

const SOURCES: readonly CommandSource[] = [
  { title: "Actions", isOnDemand: false, items: [item("Start an audit"), item("Export the report")] },
  {
    title: "Groups",
    isOnDemand: true,
    items: [
      item("old-acme", "BD customer"),
      item("acme-bitsafe", "BD customer"),
      item("zeta", "Intro to Acme"),
      ...Array.from({ length: 20 }, (_, at) => item(`many-${at}`)),
    ],
  },
];

function labels(search: string) {
  return findCommands(SOURCES, search).map(({ title, items }) => [title, items.map(({ label }) => label)]);
}

test("without a search everything is offered but what is too much", () => {
  expect(labels(" ")).toEqual([["Actions", ["Start an audit", "Export the report"]]]);
});

test("labels that begin with the search come first, then those that hold it, then details", () => {
  expect(labels("ACME")).toEqual([["Groups", ["acme-bitsafe", "old-acme", "zeta"]]]);
});

test("every word must be there, in any order", () => {
  expect([labels("audit start"), labels("audit group")]).toEqual([[["Actions", ["Start an audit"]]], []]);
});

test("at most eight of a group are offered", () => {
  expect(findCommands(SOURCES, "many")[0]?.items).toHaveLength(8);
});
