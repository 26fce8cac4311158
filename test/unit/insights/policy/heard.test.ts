import { expect, test } from "vitest";
import { decideTelegramNews, isKnown, type News } from "#main/features/insights/policy/news.ts";
import { ConnectionId, GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { TelegramChange } from "#shared/domain/telegram-change.ts";

const CONNECTION = ConnectionId.parse("telegram:-:1");
const OLD = GroupKey.parse("telegram:-:-500");
const NEW = GroupKey.parse("telegram:-:1900000005");

const facts = {
  connectionId: CONNECTION,
  baseline: {
    groups: new Map([[OLD, "Acme bitsafe"]]),
    migratedFrom: new Set<GroupKey>(),
    migrations: new Map([[NEW, OLD]]),
  },
  isCustomerGroup: () => true,
  team: [],
};

const news = (change: TelegramChange): unknown[] =>
  decideTelegramNews(change, facts).map(({ kind, groupKey, nameBefore, groupName }) => [
    kind,
    groupKey,
    nameBefore,
    groupName,
  ]);

test("a group that became another one is known by both keys: only another name is news", () => {
  const migrated = {
    change: "group-migrated",
    groupId: "500",
    isBasic: true,
    toGroupId: "1900000005",
  } as const;
  expect([
    news({ ...migrated, title: "Acme bitsafe" }),
    news({ ...migrated, title: "Acme & bitsafe" }),
    news({ ...migrated, toGroupId: "1900000009", title: "Somebody else's" }),
    news({ change: "group-new", groupId: "1900000005", isBasic: false, title: "Acme bitsafe" }),
    news({ change: "group-new", groupId: "1900000009", isBasic: false, title: "Globex bitsafe" }),
  ]).toEqual([
    [],
    [["group-renamed", NEW, "Acme bitsafe", "Acme & bitsafe"]],
    [],
    [],
    [["group-new", "telegram:-:1900000009", null, "Globex bitsafe"]],
  ]);
});

test("the same was noticed before while it stands, or since the audit if somebody dismissed it", () => {
  const left: News = {
    kind: "member-left",
    connectionId: CONNECTION,
    platform: "telegram",
    groupKey: NEW,
    groupName: "Acme bitsafe",
    nameBefore: null,
    personId: PersonId.parse("ann"),
    personName: "Ann",
  };
  const renamed: News = { ...left, kind: "group-renamed", personId: null, personName: null };
  const mark = (item: News, rest = {}) => ({ ...item, atMs: 100, isSettled: false, ...rest });
  const known = (item: News, marked: ReturnType<typeof mark>, sinceMs = 50): boolean =>
    isKnown(item, [NEW], [marked], sinceMs);
  expect([
    known(left, mark(left)),
    known(left, mark(left), 200),
    known(left, mark(left, { isSettled: true })),
    known(left, mark(left, { isSettled: true }), 200),
    known(left, mark({ ...left, kind: "member-joined" })),
    known(left, mark({ ...left, personId: PersonId.parse("bob") })),
    known(left, mark({ ...left, groupKey: OLD })),
    known(renamed, mark(renamed)),
    known(renamed, mark({ ...renamed, groupName: "Another" })),
  ]).toEqual([true, true, true, false, false, false, false, true, false]);
});
