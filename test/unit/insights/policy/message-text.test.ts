import { describe, expect, it } from "vitest";
import {
  composeDigest,
  composeFailure,
  dressMessage,
  oneLine,
} from "#main/features/insights/policy/message-text.ts";
import type { Gap } from "#shared/domain/coverage.ts";
import type { Digest } from "#shared/domain/digest.ts";
import { failure } from "#shared/domain/failure.ts";
import { GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";

function gap(group: number, name: string, personName = "Bob"): Gap {
  return {
    groupKey: GroupKey.parse(`slack:T1:C${group}`),
    groupName: name,
    platform: "slack",
    personId: PersonId.parse(personName),
    personName,
    level: "required",
  };
}

const digest = (newGaps: Gap[], rest: Partial<Digest> = {}): Digest => ({
  runId: RunId.parse("run-1"),
  atMs: 1,
  isFirst: false,
  openGaps: newGaps.length,
  groups: 10,
  newGaps,
  closedGaps: [],
  newGroups: [],
  renamedGroups: [],
  ...rest,
});

describe("a digest", () => {
  it("reads the same everywhere, dressed for its channel", () => {
    const message = composeDigest(digest([gap(1, "acme"), gap(1, "acme", "Ann"), gap(2, "a&b <c>")]));
    expect([
      dressMessage(message, "system"),
      dressMessage(message, "slack").body,
      dressMessage(message, "mail").body,
    ]).toEqual([
      {
        title: "Muster: 3 new gaps in 2 groups",
        body: "New gaps (3; 3 open in all)\n• acme: Bob, Ann\n• a&b <c>: Bob",
      },
      "*Muster: 3 new gaps in 2 groups*\n\n*New gaps (3; 3 open in all)*\n• acme: Bob, Ann\n• a&amp;b &lt;c&gt;: Bob",
      "New gaps (3; 3 open in all)\n• acme: Bob, Ann\n• a&b <c>: Bob",
    ]);
  });

  it("calls nobody in Slack, whatever a group is named", () => {
    const { body } = dressMessage(
      composeDigest(digest([gap(1, "<!channel> <@U1> <https://evil.test|acme>")])),
      "slack",
    );
    expect(body).not.toMatch(/<[!@#h]/);
  });

  it.each(["system", "slack", "telegram"] as const)("is cut with counts where %s has no room", (channel) => {
    const gaps = Array.from({ length: 900 }, (_, at) => gap(at, `${"😀&".repeat(200)} ${at}`));
    const message = composeDigest(
      digest(gaps, { newGroups: ["initech"], closedGaps: [gap(5_000, "globex")] }),
    );
    const { body } = dressMessage(message, channel);
    const shown = body.split("\n").filter((line) => line.startsWith("• 😀")).length;
    expect({
      fits: body.length <= { system: 240, slack: 3_900, telegram: 4_000 }[channel],
      counts: body.includes(`• and ${900 - shown} more`),
      isWhole: body.isWellFormed(),
    }).toEqual({ fits: true, counts: true, isWhole: true });
  });

  it("does not let a name break out of its line or turn the text around", () => {
    expect([
      oneLine("a\r\nBcc: x\u2028y\u202Ez"),
      oneLine(" a\u0000b "),
      [...oneLine("👩‍💻".repeat(9_000))].length,
    ]).toEqual(["a Bcc: x y z", "a b", 81]);
  });
});

it("a failure names what happened and what to do", () => {
  const news = { runId: RunId.parse("run-1"), atMs: 1, failure: failure("slack/token-revoked") };
  expect([
    dressMessage(composeFailure({ ...news, state: "paused" }), "telegram").body,
    composeFailure({ ...news, state: "failed" }).title,
  ]).toEqual([
    "Muster: The scheduled audit waits for you\n\nWhat happened\n• The Slack token of this connection was revoked.\n• Sign in again; paused work continues by itself.",
    "The scheduled audit failed",
  ]);
});
