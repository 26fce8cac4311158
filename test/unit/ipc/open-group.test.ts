import { call } from "@orpc/server";
import { expect, test } from "vitest";
import { openAnswers } from "#main/ipc/answers.ts";
import { answerApp } from "#main/ipc/app-router.ts";
import type { Doors } from "#main/ipc/doors.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { GroupKey } from "#shared/domain/ids.ts";

const ADDRESSES = { app: "slack://channel?team=T1&id=C1", browser: "https://app.slack.com/client/T1/C1" };
const groupKey = GroupKey.parse("slack:T1:C1");

/** The procedure over a system that opens only what is listed. */
function openerOn(opens: readonly string[], addresses: typeof ADDRESSES | null = ADDRESSES) {
  const asked: string[] = [];
  const doors = {
    coverage: { findGroupAddresses: () => Promise.resolve(addresses) },
    desktop: {
      openAddress(address: string) {
        asked.push(address);
        return Promise.resolve(opens.includes(address));
      },
    },
  } as unknown as Doors;
  const { openGroup } = answerApp(openAnswers({ checkOutputs: true }).app, doors);
  const open = (place: "app" | "browser") =>
    call(openGroup, { groupKey, place }, { context: { sender: { isOwnPage: true } } as never }).then(
      () => "opened",
      (error: { code: string; data: { failure: Failure } }) => [error.code, error.data.failure.facts],
    );
  return { open, asked };
}

test("a group opens where it was asked to open", async () => {
  const { open, asked } = openerOn(Object.values(ADDRESSES));
  expect([await open("app"), await open("browser"), asked]).toEqual([
    "opened",
    "opened",
    [ADDRESSES.app, ADDRESSES.browser],
  ]);
});

test("a system without a program for the address says so, with the link to copy", async () => {
  expect(await openerOn([]).open("app")).toEqual(["system/no-program", { link: ADDRESSES.browser }]);
});

test("a group without an address is not found, and nothing is asked of the system", async () => {
  const { open, asked } = openerOn([], null);
  expect([await open("app"), asked]).toEqual([["input/not-found", { groupKey }], []]);
});
