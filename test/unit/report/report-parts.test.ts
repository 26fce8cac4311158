import { expect, test } from "vitest";
import { headOf, joinReport, splitReport } from "#main/features/coverage/report/report-parts.ts";
import { emptyReport, sampleReport } from "#test/unit/report/sample-report.ts";

test.each([
  ["with everything", sampleReport()],
  ["empty", emptyReport()],
])("a report %s is the same after it was handed over in parts", (_, report) => {
  const parts = [...splitReport(report, 2)];
  expect(parts.every(({ items }) => items.length <= 2)).toBe(true);
  expect(joinReport(headOf(report), structuredClone(parts))).toEqual(report);
});
