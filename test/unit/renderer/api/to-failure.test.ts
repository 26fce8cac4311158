import { ORPCError } from "@orpc/client";
import { expect, test } from "vitest";
import { failure } from "#shared/domain/failure.ts";
import { LinkLostError } from "#renderer/api/port-link.ts";
import { toFailure } from "#renderer/api/to-failure.ts";

test("a declared failure is shown as it was sent", () => {
  const sent = failure("slack/missing-scope", { needed: "channels:read" });
  expect(toFailure(new ORPCError("slack/missing-scope", { status: 422, data: { failure: sent } }))).toEqual(
    sent,
  );
});

test("a defect is shown with the reference under which the log tells more", () => {
  const error = new ORPCError("INTERNAL_SERVER_ERROR", { data: { reference: "A1B2" } });
  expect(toFailure(error)).toMatchObject({
    code: "internal-error",
    message: "Internal error A1B2.",
    facts: { reference: "A1B2" },
  });
});

test("what the transport refuses, a lost link and anything unforeseen each have a code of their own", () => {
  const errors = [
    new ORPCError("BAD_REQUEST"),
    new ORPCError("UNREGISTERED_SENDER", { status: 403 }),
    new ORPCError("NOT_FOUND"),
    new LinkLostError("Gone."),
    new ORPCError("slack/missing-scope", { status: 422, data: { failure: { code: "made-up" } } }),
    new TypeError("secret detail"),
    "thrown text",
  ];
  expect(errors.map((error) => toFailure(error).code)).toEqual([
    "input/invalid",
    "link/unregistered-sender",
    "link/not-found",
    "link/lost",
    "internal-error",
    "internal-error",
    "internal-error",
  ]);
});
