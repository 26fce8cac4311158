import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { loadWorld } from "#sandbox/world/load-world.ts";
import { tellTruth } from "#sandbox/world/truth.ts";
import { officialClient, openSandbox } from "#test/sandbox/open-sandbox.ts";

const HAND_WRITTEN = {
  version: 1,
  workspace: { name: "Acme", domain: "acme" },
  people: [
    { id: "ann", name: "Ann Example", role: "BD", tokenOwner: true, slackUserId: "U0ANN000001" },
    { id: "bob", name: "Bob Example", role: "BD", status: "optional", slackUserId: "U0BOB000001" },
    { id: "gone", name: "Gone Example", deactivated: true },
  ],
  channels: [
    {
      id: "C0ACME00001",
      name: "bitsafe-acme",
      private: true,
      members: ["bob", "ann"],
      messages: [
        {
          at: "2026-10-30T09:00:00Z",
          person: "bob",
          text: "hello",
          replies: [{ at: "2026-10-31T09:00:00Z", person: "ann", text: "late answer" }],
        },
      ],
    },
    { name: "general", general: true, members: "*", messages: 5 },
  ],
};

describe("a world file", () => {
  test("written by hand becomes exactly the world it describes", () => {
    const truth = tellTruth(loadWorld(writeFile(HAND_WRITTEN), 1));
    expect(
      truth.groups.map(({ name, kind, customer, memberIds }) => ({ name, kind, customer, memberIds })),
    ).toEqual([
      { name: "bitsafe-acme", kind: "private", customer: true, memberIds: ["U0ANN000001", "U0BOB000001"] },
      { name: "general", kind: "public", customer: false, memberIds: ["U0ANN000001", "U0BOB000001"] },
    ]);
  });

  test("serves its messages and their replies", async () => {
    const sandbox = await openSandbox({ world: writeFile(HAND_WRITTEN) });
    const client = officialClient(sandbox, sandbox.ready.slack.tokens.full);
    const { messages = [] } = await client.conversations.history({ channel: "C0ACME00001" });
    expect(messages.map(({ text, user, reply_count }) => ({ text, user, reply_count }))).toEqual([
      { text: "hello", user: "U0BOB000001", reply_count: 1 },
    ]);
    const thread = await client.conversations.replies({ channel: "C0ACME00001", ts: messages[0]?.ts ?? "" });
    expect(thread.messages?.map((message) => message.text)).toEqual(["hello", "late answer"]);
  });

  test("with a generate block sets the size of the world", () => {
    const file = writeFile({
      version: 1,
      generate: { channels: 20, customerChannels: 8, membersPerChannel: 30, people: 90 },
    });
    const { groups } = tellTruth(loadWorld(file, 1));
    const customers = groups.filter((group) => group.customer);
    expect([groups.length, customers.length]).toEqual([20, 8]);
    expect(customers.every((group) => group.memberIds.length >= 29)).toBe(true);
  });

  test.each([
    [
      "an unknown person",
      ["channels", 0, "members", 1],
      "zed",
      '$.channels[0].members[1]: no person has the id "zed"',
    ],
    ["a doubled person", ["people", 1, "id"], "ann", '$.people[1].id: "ann" is used twice'],
    [
      "a doubled Slack id",
      ["people", 1, "slackUserId"],
      "U0ANN000001",
      '$.people[1].slackUserId: "U0ANN000001" is used',
    ],
    [
      "a doubled channel id",
      ["channels", 1, "id"],
      "C0ACME00001",
      '$.channels[1].id: "C0ACME00001" is used twice',
    ],
    ["a wrong type", ["channels", 0, "private"], "yes", "$.channels[0].private: must be true or false"],
    ["a misspelt key", ["people", 0, "nmae"], "x", "$.people[0].nmae: unknown key"],
    [
      "a bad time",
      ["channels", 0, "messages", 0, "at"],
      "soon",
      "$.channels[0].messages[0].at: must be a time",
    ],
    ["a missing version", ["version"], undefined, "$.version: must be 1"],
    ["a bad id", ["people", 1, "slackUserId"], "bob", "$.people[1].slackUserId: must look like"],
    [
      "a member who left",
      ["channels", 0, "members", 1],
      "gone",
      '$.channels[0].members[1]: "gone" is deactivated',
    ],
  ])("with %s is refused with its path and problem", (_what, path, value, message) => {
    const file = writeFile(withValue(HAND_WRITTEN, path, value));
    expect(() => loadWorld(file, 1)).toThrow(`${file}: ${message}`);
  });

  test("that is missing or no JSON is refused by name", () => {
    expect(() => loadWorld("/nowhere/world.json", 1)).toThrow(
      "/nowhere/world.json: $: cannot be read (ENOENT)",
    );
    expect(() => loadWorld(writeText("{ nope"), 1)).toThrow("is not JSON");
  });
});

function writeFile(value: unknown): string {
  return writeText(JSON.stringify(value));
}

function writeText(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-world-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "world.json");
  writeFileSync(file, text);
  return file;
}

function withValue(original: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(original);
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  (parent as Record<string, unknown>)[String(path.at(-1))] = value;
  return copy;
}
