import { join } from "node:path";
import { expect, test } from "vitest";
import { checkFloors } from "./floors/check.ts";
import { readSources } from "./floors/source.ts";

const root = join(import.meta.dirname, "..", "..");

test("every file of src/ stands on a floor and imports only what its floor may", () => {
  const { violations, edges } = checkFloors(readSources(root));
  const report = violations.map(({ rule, where, what }) => `${rule}  ${where}  ${what}`);
  expect(report).toEqual([]);
  expect(edges).toBeGreaterThan(0);
});
