import { afterEach, expect, test } from "vitest";
import { openSlackSession, type SlackPage, type SlackSession } from "#main/platforms/slack/index.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "#sandbox/start-sandbox.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { silentLog } from "#shared/lib/log.ts";
import type { Result } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";

const never = new AbortController().signal;

let world: Sandbox | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

async function open(
  options: SandboxOptions,
  limitWindowMs?: number,
): Promise<{ sandbox: Sandbox; session: SlackSession }> {
  world = await startSandbox(options);
  const { apiUrl, tokens } = world.ready.slack;
  const session = openSlackSession({
    token: tokens.full,
    apiUrl,
    clock: systemClock,
    log: silentLog,
    retryPauseMs: 1,
    ...(limitWindowMs === undefined ? {} : { limitWindowMs }),
  });
  return { sandbox: world, session };
}

async function readAll<Item>(
  fetchPage: (cursor: string | null) => Promise<Result<SlackPage<Item>, Failure>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page = await fetchPage(cursor);
    if (!page.ok) throw new Error(`${page.error.code}: ${page.error.message}`);
    items.push(...page.value.items);
    cursor = page.value.nextCursor;
  } while (cursor !== null);
  return items;
}

test("lists exactly the channels the account can see, and exactly their members", async () => {
  const { sandbox, session } = await open({ world: "small", limits: false });
  const channels = await readAll((cursor) => session.fetchChannels({ cursor, signal: never }));
  const seen: Record<string, unknown> = {};
  for (const { id: channelId, name, isPrivate, isArchived, isShared } of channels) {
    const members = await readAll((cursor) => session.fetchMembers({ channelId, cursor, signal: never }));
    seen[channelId] = { name, isPrivate, isArchived, isShared, members: members.sort() };
  }

  const visible = sandbox.control.truth().groups.filter((group) => group.visibleToToken);
  expect(seen).toEqual(
    Object.fromEntries(
      visible.map(({ id, name, kind, isArchived, isShared, memberIds }) => [
        id,
        { name, isPrivate: kind === "private", isArchived, isShared, members: [...memberIds].sort() },
      ]),
    ),
  );
});

test("reads 20,000 members of one channel over many pages", async () => {
  const { sandbox, session } = await open({ world: "huge", limits: false });
  const largest = sandbox.control
    .truth()
    .groups.reduce((left, right) => (right.memberIds.length > left.memberIds.length ? right : left));

  const members = await readAll((cursor) =>
    session.fetchMembers({ channelId: largest.id, cursor, signal: never }),
  );

  expect(members.length).toBe(largest.memberIds.length);
  expect(new Set(members)).toEqual(new Set(largest.memberIds));
});

test("uses the whole of every limit and never runs into one", async () => {
  // A minute is 3 s here: 250 calls of tier 4 are three of them.
  const { sandbox, session } = await open({ world: "small", rateTimeScale: 0.05 }, 3_000);
  const [group] = sandbox.control.truth().groups.filter((one) => one.visibleToToken);
  const channelId = group?.id ?? "";
  const startedAtMs = performance.now();

  const results = await Promise.all(
    Array.from({ length: 250 }, () => session.fetchMembers({ channelId, cursor: null, signal: never })),
  );

  const ratio = (performance.now() - startedAtMs) / 6_000;
  console.log(`250 tier-4 calls took ${ratio.toFixed(3)} of the time that the limits allow at best`);
  expect({
    done: results.every((result) => result.ok),
    calls: sandbox.control.calls().total,
    refused: sandbox.control.calls().rateLimited,
  }).toEqual({ done: true, calls: 250, refused: 0 });
});

test("gets through a storm of 429s by obeying each, with few calls wasted", async () => {
  const { sandbox, session } = await open({ world: "small", limits: false });
  sandbox.control.addFault({ method: "users.info", kind: "ratelimit", times: 3, retryAfterS: 1 });
  const userIds = sandbox.control
    .truth()
    .people.slice(0, 20)
    .map(({ slackUserId }) => slackUserId);

  const results = await Promise.all(userIds.map((userId) => session.fetchUser({ userId, signal: never })));

  expect({
    names: results.map((result) => result.ok && result.value.id),
    // Three of the first eight calls, or fewer then and single ones later, were refused and made again.
    calls: sandbox.control.calls().total,
    usage: session.usage().calls,
  }).toEqual({ names: userIds, calls: 23, usage: 23 });
});

test.each(["stall", "drop", "html", "cut-json", "http500", "http503"])(
  "one answer lost to %s changes nothing in what is read",
  async (kind) => {
    const { sandbox } = await open({ world: "small", limits: false });
    const { apiUrl, tokens } = sandbox.ready.slack;
    const session = openSlackSession({
      token: tokens.full,
      apiUrl,
      clock: systemClock,
      log: silentLog,
      deadlineMs: 300,
      retryPauseMs: 1,
    });
    const whole = await readAll((cursor) => session.fetchUsers({ cursor, signal: never }));
    sandbox.control.addFault({ method: "users.list", kind });

    expect(await readAll((cursor) => session.fetchUsers({ cursor, signal: never }))).toEqual(whole);
  },
);

test("a listing whose cursor repeats ends with a bad answer instead of going on for ever", async () => {
  const { sandbox, session } = await open({ world: "huge", limits: false });
  sandbox.control.addFault({ method: "users.list", kind: "repeat-cursor" });

  await expect(readAll((cursor) => session.fetchUsers({ cursor, signal: never }))).rejects.toThrow(
    "Its pages lead in a circle.",
  );
});

test("a channel that vanishes between listing and reading is not found", async () => {
  const { sandbox, session } = await open({ world: "small", limits: false });
  const [channel] = await readAll((cursor) => session.fetchChannels({ cursor, signal: never }));
  sandbox.control.addFault({ method: "conversations.members", kind: "vanish" });

  expect(
    await session.fetchMembers({ channelId: channel?.id ?? "", cursor: null, signal: never }),
  ).toMatchObject({
    error: { code: "slack/channel-not-found" },
  });
});
