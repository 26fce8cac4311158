import { expect, test } from "vitest";
import type { OffboardingDetail } from "#shared/contract/membership.ts";
import { PersonId } from "#shared/domain/ids.ts";
import { OffboardingId } from "#shared/domain/offboarding.ts";
import { nextStepOf } from "#renderer/features/offboarding/next-step-words.ts";

function next(
  counts: Partial<OffboardingDetail["offboarding"]["counts"]>,
  given: Partial<OffboardingDetail["offboarding"]> = {},
  rest: Partial<OffboardingDetail> = {},
): string | null {
  const step = nextStepOf({
    offboarding: {
      id: OffboardingId.parse("offboarding-1"),
      personId: PersonId.parse("cat"),
      personName: "Cat Example",
      state: "open",
      createdAtMs: 1,
      closedAtMs: null,
      checkedAtMs: 4,
      deactivatedIn: [],
      operationIds: [],
      counts: { remove: 0, ask: 0, asked: 0, unknown: 0, kept: 0, gone: 0, ...counts },
      ...given,
    },
    tasks: [],
    requests: [],
    notAsked: [],
    history: [],
    ...rest,
  });
  return step && [step.title, ...(step.show ? [step.show.tab] : [])].join(" -> ");
}

test("an open offboarding names the next step, one at a time, in the order of the way out", () => {
  const ended = { history: [{ atMs: 5, actor: "job-runner", action: "operation.finished", why: null }] };
  const blocked = {
    notAsked: [{ platform: "slack" as const, label: "Acme", why: "Signed out.", blocks: true }],
  };
  expect([
    next({}, { checkedAtMs: null }),
    next({ remove: 3, ask: 2 }),
    next({ remove: 3, ask: 2 }, {}, ended),
    next({ ask: 1, asked: 2, unknown: 1 }),
    next({ asked: 2, unknown: 1 }),
    next({ unknown: 1, gone: 3 }),
    next({ gone: 3 }, {}, blocked),
    next({ gone: 3, kept: 1 }),
    next({ gone: 3 }, { state: "done" }),
  ]).toEqual([
    "First: find everywhere they are.",
    "Next: take them out of 3 groups.",
    "An operation ended since the last look.",
    "Next: ask those who can act in 1 group. -> requests",
    "Waiting for an answer about 2 groups.",
    "1 group could not be settled.",
    "It is not proven yet.",
    "They are gone, or it is said why they stay.",
    null,
  ]);
});
