import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createActivity } from "#main/features/activity/index.ts";
import type { TeamDeps } from "#main/features/team/index.ts";
import { createTeam } from "#main/features/team/index.ts";
import type { SlackSession, SlackUser } from "#main/platforms/slack/slack-session.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import { silentLog } from "#shared/lib/log.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { sampleIdentity, sampleMember } from "#test/unit/team/sample-team.ts";

const AT_MS = Date.UTC(2026, 10, 3);
const sampleFile = readFileSync(join(process.cwd(), "resources/sample/team-and-rules.json"), "utf8");
const legacyFile = readFileSync(
  join(process.cwd(), "resources/sample/customer_group_categories.json"),
  "utf8",
);

const noConnections: TeamDeps["connections"] = {
  list: async () => [],
  openSession: async () => err(failure("input/not-found")),
};

async function openTeam(connections = noConnections) {
  const store = await openTemporaryStore();
  onTestFinished(() => store.close());
  const clock = { nowMs: () => AT_MS };
  const announced: string[] = [];
  const announce = (topic: string) => void announced.push(topic);
  const activity = createActivity({ store, clock, actor: "tester", announce: () => {} });
  const team = createTeam({ store, clock, log: silentLog, activity, announce, connections });
  const listActions = async () => {
    const { items } = await activity.list({ cursor: null, limit: 100, search: "" });
    return items.map(({ action, target, outcome }) => [action, target, outcome]).toReversed();
  };
  return { team, announced, listActions };
}

describe("the team", () => {
  test("is added to, changed and reduced, each with its line in the activity log", async () => {
    const { team, announced, listActions } = await openTeam();
    const newcomer = sampleMember("x", { name: "Ada Lovelace" });
    await team.addMember(newcomer);
    await team.addMember({ ...newcomer, identities: [sampleIdentity({ username: "@ada" })] });
    await team.saveMember(sampleMember("ada-lovelace", { name: "Ada L." }));
    await team.removeMember({ personId: sampleMember("ada-lovelace-2").id });
    expect([(await team.get()).team, await listActions(), [...new Set(announced)]]).toEqual([
      [sampleMember("ada-lovelace", { name: "Ada L." })],
      [
        ["team.member-added", "ada-lovelace", "done"],
        ["team.member-added", "ada-lovelace-2", "done"],
        ["team.member-changed", "ada-lovelace", "done"],
        ["team.member-removed", "ada-lovelace-2", "done"],
      ],
      ["team", "activity", "rules"],
    ]);
  });

  test("keeps its order when somebody changes, leaves or joins", async () => {
    const { team } = await openTeam();
    for (const id of ["c", "a", "b"]) await team.saveMember(sampleMember(id));
    await team.saveMember(sampleMember("c", { role: "BD" }));
    await team.removeMember({ personId: sampleMember("a").id });
    await team.saveMember(sampleMember("a"));
    expect((await team.get()).team.map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });

  test("refuses an account that belongs to somebody else, and changes nothing", async () => {
    const { team, listActions } = await openTeam();
    await team.saveMember(sampleMember("ada", { identities: [sampleIdentity({ userId: "U1" })] }));
    const refused = await team.saveMember(
      sampleMember("bo", { identities: [sampleIdentity({ workspaceId: "T1", userId: "U1" })] }),
    );
    expect(refused).toMatchObject({
      ok: false,
      error: { code: "input/name-taken", facts: { account: "U1", ownerId: "ada", ownerName: "ada" } },
    });
    expect([(await team.get()).team.length, (await listActions()).length]).toEqual([1, 1]);
  });

  test("says when a member to remove is not there", async () => {
    const { team } = await openTeam();
    expect(await team.removeMember({ personId: sampleMember("nobody").id })).toMatchObject({
      ok: false,
      error: { code: "input/not-found" },
    });
  });

  test("takes with a member the requirements that name them", async () => {
    const { team } = await openTeam();
    await team.importText("sample.json", sampleFile);
    await team.removeMember({ personId: sampleMember("carl-gauss").id });
    const { rules } = await team.get();
    expect(rules.categories.find(({ id }) => id === "intro")?.requirements).toEqual([]);
  });

  test("has default rules until some are saved", async () => {
    const { team } = await openTeam();
    const { rules } = await team.get();
    const saved = await team.saveRules({ ...rules, deprecatedTerms: [] });
    expect([saved, (await team.get()).rules]).toEqual([
      { ...rules, deprecatedTerms: [] },
      { ...rules, deprecatedTerms: [] },
    ]);
  });
});

describe("a team-and-rules file", () => {
  test("is previewed without a change, then taken in", async () => {
    const { team, listActions } = await openTeam();
    const before = await team.get();
    const { importId, preview } = await team.previewImport("sample.json", sampleFile);
    expect([preview, await team.get()]).toEqual([
      {
        fileName: "sample.json",
        shape: "team-and-rules",
        problems: [],
        summary: { membersAdded: 3, membersChanged: 0, membersRemoved: 0, categories: 3, deprecatedTerms: 1 },
      },
      before,
    ]);
    const applied = await team.applyImport({ importId });
    expect([applied, await listActions()]).toEqual([
      { ok: true, value: await team.get() },
      [["team.imported", "sample.json", "done"]],
    ]);
    expect(await team.applyImport({ importId })).toMatchObject({
      ok: false,
      error: { code: "input/not-found" },
    });
  });

  test("that was exported changes nothing when it is imported again, here or elsewhere", async () => {
    const { team } = await openTeam();
    await team.importText("sample.json", sampleFile);
    const [exported, before] = [await team.exportText(), await team.get()];
    const again = await team.importText("again.json", exported);
    const elsewhere = (await openTeam()).team;
    await elsewhere.importText("again.json", exported);
    expect([again.summary, await team.get(), await elsewhere.get(), await elsewhere.exportText()]).toEqual([
      { membersAdded: 0, membersChanged: 0, membersRemoved: 0, categories: 3, deprecatedTerms: 1 },
      before,
      before,
      exported,
    ]);
  });

  test("that is broken changes nothing and says where", async () => {
    const { team, listActions } = await openTeam();
    const broken = sampleFile.replace('"slackUserId"', '"slackUserID"');
    const before = await team.get();
    const { importId, preview } = await team.previewImport("broken.json", broken);
    const applied = await team.applyImport({ importId });
    expect([preview, await team.importText("broken.json", broken)]).toEqual([preview, preview]);
    expect([preview.problems, preview.summary, applied, await team.get(), await listActions()]).toEqual([
      [
        {
          line: 10,
          path: "team[0].slackUserID",
          problem: "This key is not known here; is it spelled as in the format?",
        },
      ],
      null,
      {
        ok: false,
        error: failure(
          "input/file-invalid",
          {
            fileName: "broken.json",
            problems: [
              "line 10, team[0].slackUserID: This key is not known here; is it spelled as in the format?",
            ],
            count: 1,
          },
          "line 10, team[0].slackUserID: This key is not known here; is it spelled as in the format?",
        ),
      },
      before,
      [],
    ]);
  });

  test("is checked again when the team changed after the preview", async () => {
    const { team } = await openTeam();
    await team.saveMember(sampleMember("ada"));
    const requirements = [{ target: { kind: "person", personId: "ada" }, level: "required" }];
    const text = JSON.stringify({ version: 1, categories: [{ name: "C", requirements }] });
    const { importId, preview } = await team.previewImport("rules.json", text);
    await team.removeMember({ personId: sampleMember("ada").id });
    expect([preview.problems, await team.applyImport({ importId })]).toMatchObject([
      [],
      { ok: false, error: { code: "input/file-invalid" } },
    ]);
  });

  test("of the older shape joins the categories and leaves the rest alone", async () => {
    const { team } = await openTeam();
    await team.importText("sample.json", sampleFile);
    const before = await team.get();
    const preview = await team.importText("customer_group_categories.json", legacyFile);
    const after = await team.get();
    expect([
      preview.shape,
      after.team,
      after.rules.categories.map(({ id, matchers }) => [id, matchers.length]),
    ]).toEqual([
      "legacy-categories",
      before.team,
      [
        ["marketing", 3],
        ["intro", 3],
        ["internal", 1],
        ["bd-customer", 1],
      ],
    ]);
  });

  test("of the sandbox replaces an earlier sandbox's team, never the operator's own", async () => {
    const { team, listActions } = await openTeam();
    const sample = (id: string) => JSON.stringify({ version: 1, team: [{ id, name: id }] });
    await team.importSample(sample("one"));
    await team.importSample(sample("two"));
    const replaced = (await team.get()).team.map(({ id }) => id);
    await team.saveMember(sampleMember("own"));
    const kept = await team.importSample(sample("three"));
    expect([
      replaced,
      kept,
      (await team.get()).team.map(({ id }) => id),
      (await listActions()).at(-1),
    ]).toEqual([
      ["two"],
      { ok: true, value: await team.get() },
      ["two", "own"],
      ["team.imported", "sandbox", "refused"],
    ]);
  });
});

describe("looking the team up in Slack", () => {
  test("turns names into ids, follows changed names and says what was not found", async () => {
    const slack = fakeSlack([user("U1", "ada.new"), user("U2", "bo"), user("U3", "carl", true)]);
    const { team, listActions } = await openTeam(slack.connections);
    const wanted = [
      sampleMember("ada", { identities: [sampleIdentity({ userId: "U1", username: "ada.old" })] }),
      sampleMember("bo", { identities: [sampleIdentity({ username: "bo" })] }),
      sampleMember("carl", { identities: [sampleIdentity({ userId: "U3" })] }),
      sampleMember("dora", { identities: [sampleIdentity({ username: "dora" })] }),
      sampleMember("emil"),
    ];
    for (const member of wanted) await team.saveMember(member);
    const counts = await team.resolveIdentities();
    const checked = { checkedAtMs: AT_MS };
    expect([counts, (await team.get()).team.map(({ identities }) => identities), slack.calls]).toEqual([
      ok({ resolved: 2, changed: 4, unresolved: 3 }),
      [
        [sampleIdentity({ userId: "U1", username: "ada.new", state: "resolved", ...checked })],
        [sampleIdentity({ workspaceId: "T1", userId: "U2", username: "bo", state: "resolved", ...checked })],
        [sampleIdentity({ userId: "U3", username: "carl", state: "deactivated", ...checked })],
        [sampleIdentity({ username: "dora", state: "not-found", ...checked })],
        [],
      ],
      ["list"],
    ]);
    expect((await listActions()).at(-1)).toEqual(["team.identities-resolved", null, "done"]);
    expect(await team.resolveIdentities()).toEqual(ok({ resolved: 2, changed: 0, unresolved: 3 }));
  });

  test("asks for one person by one call, and reads no list longer than the asking saves", async () => {
    const crowd = Array.from({ length: 50 }, (_, at) => user(`X${at}`, `x${at}`));
    const slack = fakeSlack([...crowd, user("U1", "ada"), user("U2", "bo"), user("U3", "carl")], 10);
    const { team } = await openTeam(slack.connections);
    await team.saveMember(sampleMember("ada", { identities: [sampleIdentity({ userId: "U1" })] }));
    await team.resolveIdentities();
    const forOne = slack.calls.splice(0);
    await team.saveMember(sampleMember("bo", { identities: [sampleIdentity({ userId: "U2" })] }));
    await team.saveMember(sampleMember("carl", { identities: [sampleIdentity({ userId: "U3" })] }));
    await team.resolveIdentities();
    expect([forOne, slack.calls]).toEqual([["user U1"], ["list", "list", "user U1", "user U2", "user U3"]]);
  });

  test("does not give one account to two people", async () => {
    const slack = fakeSlack([user("U1", "ada")]);
    const { team } = await openTeam(slack.connections);
    await team.saveMember(sampleMember("ada", { identities: [sampleIdentity({ userId: "U1" })] }));
    await team.saveMember(sampleMember("twin", { identities: [sampleIdentity({ username: "ada" })] }));
    await team.resolveIdentities();
    expect((await team.get()).team[1]?.identities).toEqual([
      sampleIdentity({ username: "ada", state: "ambiguous", checkedAtMs: AT_MS }),
    ]);
  });

  test("answers with what stopped it, and calls nobody missing", async () => {
    const slack = fakeSlack(failure("network/unreachable"));
    const { team, listActions } = await openTeam(slack.connections);
    await team.saveMember(sampleMember("ada", { identities: [sampleIdentity({ username: "ada" })] }));
    expect([
      await team.resolveIdentities(),
      (await team.get()).team[0]?.identities,
      await listActions(),
    ]).toEqual([
      err(failure("network/unreachable")),
      [sampleIdentity({ username: "ada" })],
      [["team.member-added", "ada", "done"]],
    ]);
  });
});

function user(id: string, username: string, isDeactivated = false): SlackUser {
  return {
    id,
    username,
    displayName: username,
    email: null,
    isDeactivated,
    isBot: false,
    isGuest: false,
    isOneChannelGuest: false,
    rank: "member",
  };
}

/** A workspace of these people, or one that only fails; `calls` says what was asked. */
function fakeSlack(people: readonly SlackUser[] | Failure, pageSize = 1_000) {
  const calls: string[] = [];
  const answer = <T>(value: (people: readonly SlackUser[]) => Result<T, Failure>): Result<T, Failure> =>
    "code" in people ? err(people) : value(people);
  const session = {
    fetchUsers: async ({ cursor }) => {
      calls.push("list");
      return answer((all) => {
        const from = Number(cursor ?? 0);
        const nextCursor = from + pageSize < all.length ? String(from + pageSize) : null;
        return ok({ items: all.slice(from, from + pageSize), nextCursor });
      });
    },
    fetchUser: async ({ userId }) => {
      calls.push(`user ${userId}`);
      return answer((all) => {
        const found = all.find(({ id }) => id === userId);
        return found ? ok(found) : err(failure("slack/user-not-found"));
      });
    },
    findUserByEmail: async ({ email }) => {
      calls.push(`email ${email}`);
      return answer((all) => ok(all.find((each) => each.email === email) ?? null));
    },
  } satisfies Partial<SlackSession>;
  const connection = {
    id: ConnectionId.parse("slack:T1:U0"),
    platform: "slack",
    workspaceId: "T1",
    state: "ready",
  } as Connection;
  const connections: TeamDeps["connections"] = {
    list: async () => [connection],
    openSession: async () => ok(session as unknown as SlackSession),
  };
  return { calls, connections };
}
