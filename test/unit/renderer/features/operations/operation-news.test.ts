import { expect, test } from "vitest";
import { OperationState } from "#shared/domain/operation.ts";
import { newsOf } from "#renderer/features/operations/operation-news.ts";

test("news is a finished plan, an end and a pause, once; nothing is new about what was not known", () => {
  expect({
    unknown: OperationState.options.map((now) => newsOf(undefined, now)).filter(Boolean),
    planned: newsOf("planning", "planned"),
    begun: newsOf("planned", "running"),
    waits: newsOf("running", "waiting"),
    paused: newsOf("waiting", "paused"),
    ended: (["done", "partial", "failed"] as const).map((now) => newsOf("running", now)),
    cancelled: newsOf("running", "cancelled"),
    same: newsOf("done", "done"),
    resumed: newsOf("failed", "running"),
  }).toEqual({
    unknown: [],
    planned: "planned",
    begun: null,
    waits: null,
    paused: "paused",
    ended: ["ended", "ended", "ended"],
    cancelled: null,
    same: null,
    resumed: null,
  });
});
