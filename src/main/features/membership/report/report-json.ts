import type { EpochMs } from "#shared/lib/time.ts";
import type { OperationReport } from "./operation-report.ts";

/**
 * An operation with every step as one JSON object, one step a line; its form is
 * `resources/schema/operation-report.v1.schema.json`.
 */
export async function* formatReportJson(
  { head, steps }: OperationReport,
  writtenAtMs: EpochMs,
): AsyncGenerator<string, void, void> {
  const { isPlan, ...operation } = head;
  yield `{\n"format": "muster/operation-report",\n"version": 1,\n"generatedAtMs": ${writtenAtMs},\n"isPlan": ${isPlan}`;
  yield `,\n"operation": ${JSON.stringify(operation)},\n"steps": [`;
  let between = "\n";
  for await (const some of steps()) {
    yield `${between}${some.map((step) => JSON.stringify(step)).join(",\n")}`;
    between = ",\n";
  }
  yield "]\n}\n";
}
