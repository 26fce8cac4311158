import { describe, expect, test } from "vitest";
import { localTimeIn } from "#main/features/membership/policy/local-time.ts";
import { logName, logPrefix } from "#main/features/membership/policy/log-name.ts";
import { toPlainLine } from "#main/features/membership/policy/plain-line.ts";
import { GroupKey } from "#shared/domain/ids.ts";
import { type GroupsChoice, OperationId } from "#shared/domain/operation.ts";

const AT_MS = Date.UTC(2026, 10, 20, 23, 59, 5, 789);

describe("local times", () => {
  test.each([
    ["UTC", "2026-11-20 23:59:05", "20261120_235905", "UTC+00:00"],
    ["Asia/Kolkata", "2026-11-21 05:29:05", "20261121_052905", "UTC+05:30"],
    ["America/St_Johns", "2026-11-20 20:29:05", "20261120_202905", "UTC-03:30"],
    ["Pacific/Kiritimati", "2026-11-21 13:59:05", "20261121_135905", "UTC+14:00"],
  ])("in %s read as a clock on the wall there", (zone, shown, stamp, offset) => {
    const time = localTimeIn(zone);
    expect([time.format(AT_MS), time.stamp(AT_MS), time.offset(AT_MS)]).toEqual([shown, stamp, offset]);
  });

  test("follow the change to summer time and back", () => {
    const time = localTimeIn("Europe/Berlin");
    const beforeMs = Date.UTC(2026, 2, 29, 0, 59, 59);
    const lastSummerMs = Date.UTC(2026, 9, 25, 0, 59, 59);
    expect([beforeMs, beforeMs + 1_000, lastSummerMs, lastSummerMs + 1_000].map(time.format)).toEqual([
      "2026-03-29 01:59:59",
      "2026-03-29 03:00:00",
      "2026-10-25 02:59:59",
      "2026-10-25 02:00:00",
    ]);
  });

  test("at midnight begin the day at 00, not at 24", () => {
    expect(localTimeIn("UTC").format(Date.UTC(2026, 0, 1))).toBe("2026-01-01 00:00:00");
  });
});

describe("names of logs", () => {
  const groups: GroupsChoice = { by: "key", groupKeys: [GroupKey.parse("slack:T1:C1")] };

  test("begin with what is done, hiding apart from showing", () => {
    const prefixes = [
      logPrefix("add", { kind: "undo", operationId: OperationId.parse("op") }),
      logPrefix("remove", { kind: "rest", operationId: OperationId.parse("op") }),
      logPrefix("history", { kind: "history", visible: true, groups }),
      logPrefix("history", { kind: "history", visible: false, groups }),
    ];
    expect(prefixes).toEqual(["add_members", "remove_members", "show_history", "hide_history"]);
  });

  test("of the same second are told apart by a number", () => {
    expect([1, 2, 3].map((turn) => logName("add_members", "20261120_140309", turn))).toEqual([
      "add_members_20261120_140309",
      "add_members_20261120_140309_2",
      "add_members_20261120_140309_3",
    ]);
  });
});

describe("somebody else's text in a line", () => {
  test.each([
    ["plain text stays", "bitsafe-acme 🙂👩‍👩‍👧", "bitsafe-acme 🙂👩‍👩‍👧"],
    ["line ends become spaces", "a\r\nb\u2028c\u0085d", "a b c d"],
    ["an escape sequence loses its teeth", "\u001b[31mred\u009b0m\u0007", "[31mred 0m"],
    ["marks that turn text around are gone", "safe\u202Efdp.exe\u202C", "safe fdp.exe"],
    ["half a character is shown as missing", "half \uD83D pair", "half \uFFFD pair"],
    ["Hebrew is set apart", "שלום", "\u2068שלום\u2069"],
    ["Arabic inside Latin is set apart as a whole", "Acme مرحبا", "\u2068Acme مرحبا\u2069"],
    ["an isolate that never ends is ended", "\u2067שלום", "\u2068שלום\u2069"],
  ])("%s", (_, text, line) => {
    expect(toPlainLine(text)).toBe(line);
  });
});
