import { expect, test } from "vitest";
import { openSlackSession } from "#main/platforms/slack/index.ts";
import { silentLog } from "#shared/lib/log.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { startWorld } from "#test/integration/connections/workbench.ts";

test("a message is written into a channel and to a person, once, and a missing scope is named", async () => {
  const world = await startWorld({ seed: 3 });
  const { apiUrl, tokens, tokenOwnerId } = world.ready.slack;
  const open = (token: string) => openSlackSession({ token, apiUrl, clock: systemClock, log: silentLog });
  const { signal } = new AbortController();
  const session = open(tokens.full);
  const groups = world.control.truth().groups;
  const own = groups.find((group) => group.memberIds.includes(tokenOwnerId));
  if (!own) throw new Error("the owner is in some channel");

  const ends = [
    await session.sendMessage({ channelId: own.id, text: "*Muster*: 1 &lt;gap&gt;", signal }),
    await session.sendMessage({ channelId: tokenOwnerId, text: "to myself", signal }),
    await session.sendMessage({ channelId: "C0000000000", text: "to nobody", signal }),
    await open(tokens.missingScope).sendMessage({ channelId: own.id, text: "may not", signal }),
  ];
  const calls = session.usage().callsByMethod["chat.postMessage"];
  await world.close();

  expect([
    ends.map((end) => (end.ok ? "written" : end.error.code)),
    ends.map((end) => !end.ok && end.error.facts["needed"]).at(-1),
    calls,
  ]).toEqual([["written", "written", "slack/channel-not-found", "slack/missing-scope"], "chat:write", 3]);
});
