import { expect, test } from "vitest";
import { packResults, unpackResults } from "#main/features/coverage/report/packed-results.ts";
import { headOf, joinReport, splitReport } from "#main/features/coverage/report/report-parts.ts";
import { UnknownReason } from "#shared/domain/presence.ts";
import { emptyReport, sampleGroup, sampleReport, sampleResult } from "#test/unit/report/sample-report.ts";

test.each([
  ["with everything", sampleReport()],
  ["empty", emptyReport()],
])("a report %s is the same after it was handed over in parts", (_, report) => {
  const parts = [...splitReport(report, 2)];
  expect(parts.every((part) => part.list === "results" || part.items.length <= 2)).toBe(true);
  expect(joinReport(headOf(report), structuredClone(parts))).toEqual(report);
});

test("every result that a run can hold survives packing", () => {
  const levels = ["required", "optional"] as const;
  const key = sampleGroup("C1").key;
  const results = levels.flatMap((level) => [
    sampleResult(key, "ada", "present", { level }),
    sampleResult(key, "bo", "absent", { level }),
    ...UnknownReason.options.map((reason) => sampleResult(key, "ada", "unknown", { level, reason })),
  ]);
  expect([...unpackResults(packResults(results))]).toEqual(results);
});
