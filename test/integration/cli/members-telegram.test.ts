import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { canHaveKeyring, type KeyringSession, openKeyringSession } from "./keyring.ts";
import { type MembersProfile, openMembersProfile, type OperationAnswer } from "./members-profile.ts";
import { answerOf, muster } from "./muster.ts";
import { type RunningSandbox, startSandboxCommand } from "./sandbox.ts";
import { openTelegramProfile } from "./telegram-profile.ts";

if (!canHaveKeyring) console.warn("SKIPPED: changing members is tested with gnome-keyring, and so on Linux");

/** Ours are Acme, Globex and Umbrella; in Olga's group every member may do nothing but write. */
const WORLD = {
  version: 1,
  people: [
    { id: "me", name: "Me Myself", role: "BD", tokenOwner: true, telegramUsername: "me_myself_tg" },
    { id: "ann", name: "Ann Example", role: "BD", telegramUsername: "ann_example_tg" },
    { id: "bob", name: "Bob Example", role: "Support", telegramUsername: "bob_example_tg" },
    { id: "shy", name: "Shy Example", role: "Legal", telegram: { invitePrivacy: "nobody" } },
    { id: "olga", name: "Olga Customer" },
  ],
  channels: [
    { name: "general", general: true, members: "*" },
    { name: "bitsafe-acme", members: ["me"] },
  ],
  telegramGroups: [
    group("Acme <> BitSafe", "supergroup", "me", ["me", "shy"]),
    group("Globex <> BitSafe", "basic", "me", ["me", "olga"]),
    group("Umbrella <> iBTC", "supergroup", "me", ["me", "ann", "olga"], { historyHidden: true }),
    group("Initech <> BitSafe", "supergroup", "olga", ["me", "olga"], {
      membersMayNot: ["invite_users", "change_info"],
      historyHidden: true,
    }),
  ],
};

function group(title: string, kind: string, owner: string, members: readonly string[], rest: object = {}) {
  return { title, kind, owner, members, ...rest };
}

interface TruthGroup {
  readonly platform: string;
  readonly name: string;
  readonly memberIds: readonly (number | string)[];
  readonly historyHidden?: boolean;
  readonly about?: string;
  readonly topic?: string;
  readonly pinnedTexts?: readonly string[];
}

describe.skipIf(!canHaveKeyring)("members of Telegram groups on the command line", () => {
  let keyring: KeyringSession;
  let sandbox: RunningSandbox;
  let profile: MembersProfile;
  let before: readonly string[];
  beforeAll(async () => {
    keyring = await openKeyringSession();
    const world = join(makeTemporaryFolder(), "world.json");
    writeFileSync(world, JSON.stringify(WORLD));
    sandbox = await startSandboxCommand("--world", world, "--limits", "off");
    profile = await openMembersProfile(keyring, sandbox);
    const telegram = openTelegramProfile(keyring, sandbox, profile.folder);
    const codes = [(await telegram.signIn()).code, (await telegram.run(["audit", "--telegram"])).code];
    if (codes.some((code) => code !== 0)) throw new Error(`sign-in and audit ended with ${codes.join(", ")}`);
  });
  afterAll(async () => {
    await sandbox.stop();
    await keyring.close();
  });
  beforeEach(async () => {
    before = await truth();
  });

  async function readGroups(): Promise<{ groups: TruthGroup[]; personOf: (id: number | string) => string }> {
    const { people, groups } = answerOf<{
      groups: TruthGroup[];
      people: { id: string; telegramUserId: number | null; slackUserId: string }[];
    }>(await muster(["sandbox", "truth", "--json", "--control", sandbox.ready.controlUrl]));
    const ids = new Map(
      people.flatMap(({ id, telegramUserId, slackUserId }) => [
        [String(telegramUserId), id],
        [slackUserId, id],
      ]),
    );
    return { groups, personOf: (id) => ids.get(String(id)) ?? "stranger" };
  }

  /** Every Telegram group as the sandbox has it: its name, who is in it, and whether its history is hidden. */
  async function truth(): Promise<string[]> {
    const { groups, personOf } = await readGroups();
    return groups
      .filter(({ platform }) => platform === "telegram")
      .map(
        ({ name, memberIds, historyHidden }) =>
          `${name}: ${memberIds.map(personOf).toSorted().join(" ")}${historyHidden === true ? ", hidden" : ""}`,
      )
      .toSorted();
  }

  /** What is so now and was not so before the test. */
  const news = async (): Promise<string[]> => (await truth()).filter((line) => !before.includes(line));
  /** `name action person state code`. */
  const outcomes = ({ steps }: OperationAnswer): string[] =>
    steps
      .map(({ groupName, action, personName, state, failure }) =>
        [groupName, action, personName ?? "-", state, ...(failure === null ? [] : [failure.code])].join(
          " | ",
        ),
      )
      .toSorted();

  async function run(...args: string[]): Promise<{ code: unknown; operation: OperationAnswer }> {
    const ended = await profile.members([...args, "--yes"]);
    return { code: ended.code, operation: answerOf<OperationAnswer>(ended) };
  }

  test("are put in where we may and the privacy of each allows, and taken out again by an undo", async () => {
    const added = await run("add", "ann", "@bob_example_tg", "shy", "--telegram");
    const afterAdding = await news();
    const undo = ["undo", added.operation.operationId];
    const plan = answerOf<OperationAnswer>(await profile.members(undo));
    const undone = await run(...undo, "--confirm", plan.typedConfirmation ?? "");

    expect({
      codes: [added.code, undone.code],
      outcomes: outcomes(added.operation),
      afterAdding,
      asked: plan.typedConfirmation,
      afterUndo: await truth(),
    }).toMatchInlineSnapshot(`
      {
        "afterAdding": [
          "Acme <> BitSafe: ann bob me shy",
          "Globex <> BitSafe: ann bob me olga, hidden",
          "Umbrella <> iBTC: ann bob me olga, hidden",
        ],
        "afterUndo": [
          "Acme <> BitSafe: me shy",
          "Globex <> BitSafe: me olga, hidden",
          "Initech <> BitSafe: me olga, hidden",
          "Umbrella <> iBTC: ann me olga, hidden",
        ],
        "asked": "remove 5",
        "codes": [
          4,
          0,
        ],
        "outcomes": [
          "Acme <> BitSafe | add | Ann Example | done",
          "Acme <> BitSafe | add | Bob Example | done",
          "Acme <> BitSafe | add | Shy Example | already-so",
          "Globex <> BitSafe | add | Ann Example | done",
          "Globex <> BitSafe | add | Bob Example | done",
          "Globex <> BitSafe | add | Shy Example | refused | telegram/privacy-restricted",
          "Initech <> BitSafe | add | Ann Example | refused | telegram/admin-needed",
          "Initech <> BitSafe | add | Bob Example | refused | telegram/admin-needed",
          "Initech <> BitSafe | add | Shy Example | refused | telegram/admin-needed",
          "Umbrella <> iBTC | add | Ann Example | already-so",
          "Umbrella <> iBTC | add | Bob Example | done",
          "Umbrella <> iBTC | add | Shy Example | refused | telegram/privacy-restricted",
        ],
      }
    `);
    expect(await truth()).toEqual(before);
  });

  test("are taken out where we may, the rest is named with why, and the undo puts them back", async () => {
    const refused = await run("remove", "ann", "olga@nowhere.example", "--all", "--telegram");
    const removed = await run("remove", "ann", "shy", "--all", "--telegram", "--confirm", "remove 2");
    const afterRemoving = await news();
    const undone = await run("undo", "latest");

    expect({
      codes: [refused.code, removed.code, undone.code],
      outcomes: outcomes(removed.operation),
      afterRemoving,
      undone: outcomes(undone.operation),
      afterUndo: await news(),
    }).toMatchInlineSnapshot(`
      {
        "afterRemoving": [
          "Acme <> BitSafe: me",
          "Umbrella <> iBTC: me olga, hidden",
        ],
        "afterUndo": [
          "Acme <> BitSafe: me",
        ],
        "codes": [
          2,
          4,
          4,
        ],
        "outcomes": [
          "Acme <> BitSafe | remove | Ann Example | already-so",
          "Acme <> BitSafe | remove | Shy Example | done",
          "Globex <> BitSafe | remove | Ann Example | already-so",
          "Globex <> BitSafe | remove | Shy Example | already-so",
          "Initech <> BitSafe | remove | Ann Example | refused | telegram/admin-needed",
          "Initech <> BitSafe | remove | Shy Example | refused | telegram/admin-needed",
          "Umbrella <> iBTC | remove | Ann Example | done",
          "Umbrella <> iBTC | remove | Shy Example | already-so",
        ],
        "undone": [
          "Acme <> BitSafe | add | Shy Example | refused | telegram/privacy-restricted",
          "Umbrella <> iBTC | add | Ann Example | done",
        ],
      }
    `);
  });

  test("are in groups that are renamed and whose history is shown, and an undo of each leaves them as they were", async () => {
    const renamed = await run(
      "rename",
      "--find",
      "(\\w+) <> \\w+",
      "--regex",
      "--replace",
      "$1 | Apex",
      "--telegram",
    );
    const afterRenaming = await news();
    const shown = await run("history", "--visible");
    const afterShowing = await news();
    const undone = [
      await run("undo", shown.operation.operationId),
      await run("undo", renamed.operation.operationId),
    ];

    expect({
      codes: [renamed, shown, ...undone].map(({ code }) => code),
      renamed: outcomes(renamed.operation),
      afterRenaming,
      shown: outcomes(shown.operation),
      afterShowing,
      undone: undone.map(({ operation }) => operation.state),
    }).toMatchInlineSnapshot(`
      {
        "afterRenaming": [
          "Acme | Apex: me",
          "Globex | Apex: me olga, hidden",
          "Umbrella | Apex: ann me olga, hidden",
        ],
        "afterShowing": [
          "Acme | Apex: me",
          "Globex | Apex: me olga, hidden",
          "Umbrella | Apex: ann me olga",
        ],
        "codes": [
          4,
          4,
          0,
          0,
        ],
        "renamed": [
          "Acme <> BitSafe | rename | - | done",
          "Globex <> BitSafe | rename | - | done",
          "Initech <> BitSafe | rename | - | refused | telegram/admin-needed",
          "Umbrella <> iBTC | rename | - | done",
        ],
        "shown": [
          "Acme | Apex | show-history | - | already-so",
          "Globex | Apex | show-history | - | refused | telegram/basic-group",
          "Initech <> BitSafe | show-history | - | refused | telegram/admin-needed",
          "Umbrella | Apex | show-history | - | done",
        ],
        "undone": [
          "done",
          "done",
        ],
      }
    `);
    expect(await truth()).toEqual(before);
  });

  test("are those of a new group on either platform, with all that its template says", async () => {
    const file = join(makeTemporaryFolder(), "template.json");
    const template = {
      namePattern: "{customer} shared",
      customers: ["Hooli"],
      people: ["ann", "bob"],
      about: "Shared with {customer}",
      welcome: "Hello {customer}!",
    };
    writeFileSync(file, JSON.stringify(template));
    const { connections } = answerOf<{ connections: { id: string; platform: string }[] }>(
      await muster(["connections", "--profile", profile.folder, "--json"], { env: keyring.env }),
    );
    const made = [];
    for (const { id } of connections.toSorted((left, right) => (left.platform < right.platform ? -1 : 1)))
      made.push(await run("create", "--template", file, "--connection", id));
    const again = await run(
      "create",
      "--template",
      file,
      "--connection",
      connections.find(({ platform }) => platform === "telegram")?.id ?? "",
    );
    const { groups, personOf } = await readGroups();
    const hooli = groups
      .filter(({ name }) => /hooli/iu.test(name))
      .map(({ platform, name, memberIds, historyHidden, about, topic, pinnedTexts }) => ({
        platform,
        name,
        members: memberIds.map(personOf).toSorted(),
        isHidden: historyHidden ?? null,
        about: about ?? topic ?? null,
        pinnedTexts: pinnedTexts ?? null,
      }));

    expect({
      codes: [...made, again].map(({ code }) => code),
      outcomes: made.flatMap(({ operation }) => outcomes(operation)),
      again: outcomes(again.operation),
      hooli,
    }).toMatchInlineSnapshot(`
      {
        "again": [
          "Hooli shared | create | - | refused | membership/name-collision",
        ],
        "codes": [
          0,
          0,
          4,
        ],
        "hooli": [
          {
            "about": "Shared with Hooli",
            "isHidden": null,
            "members": [
              "ann",
              "bob",
              "me",
            ],
            "name": "hooli-shared",
            "pinnedTexts": [
              "Hello Hooli!",
            ],
            "platform": "slack",
          },
          {
            "about": "Shared with Hooli",
            "isHidden": false,
            "members": [
              "ann",
              "bob",
              "me",
            ],
            "name": "Hooli shared",
            "pinnedTexts": [
              "Hello Hooli!",
            ],
            "platform": "telegram",
          },
        ],
        "outcomes": [
          "hooli-shared | add | Ann Example | done",
          "hooli-shared | add | Bob Example | done",
          "hooli-shared | create | - | done",
          "hooli-shared | describe | - | done",
          "hooli-shared | welcome | - | done",
          "Hooli shared | add | Ann Example | done",
          "Hooli shared | add | Bob Example | done",
          "Hooli shared | create | - | done",
          "Hooli shared | describe | - | done",
          "Hooli shared | show-history | - | done",
          "Hooli shared | welcome | - | done",
        ],
      }
    `);
  });

  test("have messages ready for whom to ask where our right ends, and nobody is sent anything", async () => {
    const prepared = await profile.read(["requests", "prepare", "ownership", "--texts"]);
    const listed = answerOf<{ requests: { groupName: string; askName: string; state: string }[] }>(
      await profile.members(["requests"]),
    );
    expect({
      code: prepared.code,
      told: /To Olga Customer.*, about Initech <> BitSafe:\n {2}.*Initech <> BitSafe/u.test(prepared.stdout),
      listed: listed.requests.map(({ groupName, askName, state }) => [groupName, askName, state]),
    }).toEqual({
      code: 0,
      told: true,
      listed: [["Initech <> BitSafe", expect.stringContaining("Olga Customer") as string, "draft"]],
    });
  });
});
