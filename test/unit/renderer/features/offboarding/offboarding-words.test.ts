import { expect, test } from "vitest";
import type { OffboardingDetail } from "#shared/contract/membership.ts";
import { OffboardingId } from "#shared/domain/offboarding.ts";
import { PersonId } from "#shared/domain/ids.ts";
import { isOutdated, whyWords } from "#renderer/features/offboarding/offboarding-words.ts";

function detailWith(
  checkedAtMs: number | null,
  ...lines: readonly (readonly [action: string, atMs: number])[]
): OffboardingDetail {
  return {
    offboarding: {
      id: OffboardingId.parse("offboarding-1"),
      personId: PersonId.parse("cat"),
      personName: "Cat Example",
      state: "open",
      createdAtMs: 1,
      closedAtMs: null,
      checkedAtMs,
      deactivatedIn: [],
      operationIds: [],
      counts: { remove: 0, ask: 0, asked: 0, unknown: 0, kept: 0, gone: 0 },
    },
    tasks: [],
    requests: [],
    notAsked: [],
    history: lines.map(([action, atMs]) => ({ atMs, actor: "ann", action, why: null })),
  };
}

test("what is shown is outdated once an operation ended after the last look, and by nothing else", () => {
  expect({
    neverLooked: isOutdated(detailWith(null, ["operation.finished", 5])),
    endedBefore: isOutdated(detailWith(6, ["operation.finished", 5])),
    onlyPlanned: isOutdated(detailWith(4, ["operation.planned", 5], ["operation.confirmed", 6])),
    endedAfter: isOutdated(detailWith(4, ["operation.finished", 5])),
  }).toEqual({ neverLooked: false, endedBefore: false, onlyPlanned: false, endedAfter: true });
});

test("the history says what messages were written for, and leaves other reasons as they are", () => {
  expect([
    whyWords("help.prepared", "removal"),
    whyWords("help.prepared", "ownership"),
    whyWords("help.prepared", "something newer"),
    whyWords("offboarding.started", "removal"),
    whyWords("offboarding.closed", null),
  ]).toEqual(["Remove the person", "Hand the group over", "something newer", "removal", null]);
});
