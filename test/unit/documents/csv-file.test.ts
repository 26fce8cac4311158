import { expect, test } from "vitest";
import { formatCsv } from "#main/documents/csv-file.ts";

test("CSV follows RFC 4180 and keeps formulas from being evaluated", () => {
  const rows = [
    { cells: ['say "hi", then\nleave', 5, null, { timeMs: 0 }, { share: 0.5 }] },
    { cells: ["=HYPERLINK(1)", "－2", "a\u0000b", "", -3] },
  ];
  const columns = ["A", "B", "C", "D", "E"].map((header) => ({ header, width: 1 }));
  const pieces = formatCsv({ name: "x", columns, rows, highlights: [], hasFilter: false });
  expect([...pieces].join("")).toBe(
    '\uFEFFA,B,C,D,E\r\n"say ""hi"", then\nleave",5,,1970-01-01T00:00:00.000Z,0.5\r\n' +
      "'=HYPERLINK(1),'－2,a\uFFFDb,,-3\r\n",
  );
});
