import { expect, test } from "vitest";
import { openSandbox, rawCall } from "#test/sandbox/open-sandbox.ts";

const SEEDS = Array.from({ length: 20 }, (_unused, at) => at + 1);

test.each(SEEDS)(
  "with seed %i every visible channel's members are those of the truth, asked either way",
  async (seed) => {
    const sandbox = await openSandbox({ world: "reference", seed });
    const truth = sandbox.control.truth();
    const visible = truth.groups.filter((group) => group.visibleToToken);
    for (const group of visible) {
      const { answer } = await rawCall(sandbox, `conversations.members?channel=${group.id}&limit=999`);
      expect(answer["members"]).toEqual(group.memberIds);
    }
    for (const person of truth.people.filter((one) => one.team)) {
      const types = "types=public_channel,private_channel&limit=999";
      const { answer } = await rawCall(sandbox, `users.conversations?user=${person.slackUserId}&${types}`);
      const asked = (answer["channels"] as { id: string }[]).map((channel) => channel.id);
      const expected = visible
        .filter((group) => group.memberIds.includes(person.slackUserId))
        .map((group) => group.id);
      expect(asked).toEqual(expected.sort());
    }
    const hidden = truth.groups.find((group) => !group.visibleToToken);
    expect((await rawCall(sandbox, `conversations.members?channel=${hidden?.id}`)).answer["error"]).toBe(
      "channel_not_found",
    );
  },
);
