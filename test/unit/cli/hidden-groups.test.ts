import { expect, test } from "vitest";
import { describeHiddenGroups } from "#main/cli/members/hidden-groups.ts";
import { ConnectionId } from "#shared/domain/ids.ts";

const PHONE = ConnectionId.parse("telegram:-:900");
const OTHER = ConnectionId.parse("telegram:-:901");

const group = (groupName: string, connectionId = PHONE, presence: "present" | "unknown" = "unknown") => {
  return { groupName, connectionId, presence };
};

test("only groups that could be asked are said to tell their admins alone", () => {
  const groups = [group("Quiet"), group("Acme", PHONE, "present"), group("Globex", OTHER)];
  const many = Array.from({ length: 12 }, (_, at) => group(`Quiet ${at}`));
  expect([
    describeHiddenGroups(groups, [{ connectionId: OTHER }]),
    describeHiddenGroups(groups, [{ connectionId: OTHER }, { connectionId: PHONE }]),
    describeHiddenGroups(many, []),
  ]).toEqual([
    "Not known of Quiet: only admins are told.",
    null,
    "Not known of Quiet 0, Quiet 1, Quiet 2, Quiet 3, Quiet 4, Quiet 5, Quiet 6, Quiet 7, Quiet 8, Quiet 9 and 2 more: only admins are told.",
  ]);
});
