import type { SlackSession } from "#main/platforms/slack/index.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { err, ok } from "#shared/lib/result.ts";
import { labConnection } from "#test/support/coverage-lab.ts";
import type { InsightsConnection } from "#test/support/insights-lab.ts";
import { type ManualClock, settle } from "#test/support/manual-clock.ts";
import { smallTeam } from "#test/support/scripted-audit.ts";
import { createScriptedSlack } from "#test/support/scripted-slack.ts";

export const TEAM = smallTeam({ ann: { userId: "UANN" }, bob: { userId: "UBOB" } });

/** A workspace whose channels can be changed, and that keeps what was posted. */
export interface InsightsWorld {
  readonly channels: { id: string; name: string; members: string[] }[];
  readonly posts: { channelId: string; text: string }[];
  /** Set, every post is answered by it; `hang` never answers. */
  refusal: Failure | "hang" | null;
  /** Set, the workspace cannot be opened. */
  closed: Failure | null;
  readonly connection: InsightsConnection;
}

export function createWorld(onPost: () => void = () => {}): InsightsWorld {
  const world: InsightsWorld = {
    channels: [
      { id: "C1", name: "acme-bitsafe", members: ["UANN"] },
      { id: "C2", name: "globex-bitsafe", members: ["UANN", "UBOB"] },
    ],
    posts: [],
    refusal: null,
    closed: null,
    connection: {
      connection: labConnection("T1", "UOWNER"),
      openSlack: () => (world.closed ? err(world.closed) : ok(session())),
    },
  };
  function session(): SlackSession {
    const { session: scripted } = createScriptedSlack({
      owner: "UOWNER",
      users: [{ id: "UOWNER" }, { id: "UANN" }, { id: "UBOB" }],
      channels: world.channels,
    });
    return {
      ...scripted,
      async sendMessage({ channelId, text }) {
        world.posts.push({ channelId, text });
        onPost();
        if (world.refusal === "hang") await new Promise(() => {});
        if (world.refusal !== null && world.refusal !== "hang") return err(world.refusal);
        return ok({ messageId: "1" });
      },
    };
  }
  return world;
}

/** Lets a manual clock pass in small steps until this holds; fails when it never does. */
export async function until(clock: ManualClock, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) {
    if (await holds()) return;
    await settle();
    await clock.advance(50);
    // The store works in real time.
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error("it never came to that");
}
