import type { implement } from "@orpc/server";
import type { Contract } from "#shared/contract/index.ts";
import { OperationId, type OperationRequest } from "#shared/domain/operation.ts";
import { type Recurrence, RecurrenceId } from "#shared/domain/recurrence.ts";
import { HOUR_MS, MINUTE_MS } from "#shared/lib/time.ts";
import { type Fake, refusal } from "../fake-router.ts";

type Os = ReturnType<typeof implement<Contract>>["membership"];

/** Two operations that are planned by the clock, with every kind of turn between them. */
export function fakeRecurrences(os: Os, fake: Fake) {
  let all: Recurrence[] = fake.scenario === "first-run" ? [] : recurrencesOf(Date.now());
  return {
    listRecurrences: os.listRecurrences.handler(() => all),
    saveRecurrence: os.saveRecurrence.handler(({ input }) => {
      const before = all.find(({ id }) => id === input.id);
      const nextAtMs = input.enabled ? Date.now() + HOUR_MS : null;
      const id = input.id ?? RecurrenceId.parse(`recurrence-${all.length}`);
      const saved = { ...input, id, nextAtMs, turns: before?.turns ?? [] };
      all = [...all.filter((one) => one.id !== id), saved].toSorted((left, right) =>
        left.name.localeCompare(right.name),
      );
      fake.announce("schedules");
      return saved;
    }),
    requestOf: os.requestOf.handler(({ input }) => {
      return { request: requestOf(input.operationId), name: "Rename all customer groups: deprecated terms" };
    }),
    removeRecurrence: os.removeRecurrence.handler(({ input }) => {
      if (!all.some(({ id }) => id === input.id)) throw refusal("input/not-found");
      all = all.filter(({ id }) => id !== input.id);
      fake.announce("schedules");
    }),
    runRecurrence: os.runRecurrence.handler(() => fake.announce("schedules")),
  };
}

/** One that may run unseen, one that may not, and one that cannot be repeated. */
function requestOf(operationId: OperationId): OperationRequest {
  const all = { by: "all" } as const;
  if (operationId === "op-undo") return { kind: "undo", operationId: OperationId.parse("op-done") };
  if (operationId !== "op-remove")
    return { kind: "rename", platforms: ["telegram"], rule: { by: "deprecated" }, groups: all };
  return {
    kind: "remove",
    platforms: ["slack", "telegram"],
    targets: { by: "gap", people: { by: "role", role: "BD" }, groups: all, optional: false },
  };
}

function recurrencesOf(nowMs: number): Recurrence[] {
  const turn = (hoursAgo: number, change: Partial<Recurrence["turns"][number]>) => ({
    dueAtMs: nowMs - hoursAgo * HOUR_MS,
    atMs: nowMs - hoursAgo * HOUR_MS,
    missed: 0,
    isLate: false,
    outcome: "started" as const,
    operationId: OperationId.parse("op-done"),
    operationState: "done" as const,
    failure: null,
    ...change,
  });
  const all = { by: "all" } as const;
  return [
    {
      id: RecurrenceId.parse("recurrence-gaps"),
      name: "Close the gaps of the business developers",
      request: {
        kind: "add",
        platforms: ["slack", "telegram"],
        targets: { by: "gap", people: { by: "role", role: "BD" }, groups: all, optional: false },
      },
      isConfirmed: true,
      cron: "0 4 * * *",
      timeZone: "Europe/Berlin",
      enabled: true,
      nextAtMs: nowMs + 9 * HOUR_MS,
      turns: [
        turn(15, {}),
        turn(38, {
          dueAtMs: nowMs - 39 * HOUR_MS - 12 * MINUTE_MS,
          isLate: true,
          missed: 2,
          operationState: "partial",
        }),
        turn(87, { outcome: "skipped", operationState: "paused" }),
      ],
    },
    {
      id: RecurrenceId.parse("recurrence-names"),
      name: "Retire deprecated names",
      request: { kind: "rename", platforms: ["telegram"], rule: { by: "deprecated" }, groups: all },
      isConfirmed: false,
      cron: "0 6 * * 1",
      timeZone: "UTC",
      enabled: true,
      nextAtMs: nowMs + 62 * HOUR_MS,
      turns: [turn(106, { operationState: "planned", operationId: OperationId.parse("op-plan") })],
    },
  ];
}
