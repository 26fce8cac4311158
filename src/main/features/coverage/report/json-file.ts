import type { EpochMs } from "#shared/lib/time.ts";
import type { RunReport } from "./run-report.ts";

const ITEMS_A_PIECE = 1_000;

/**
 * The whole report as one JSON object, in pieces:
 * `{ "format": "muster/run-report", "version": 2, "generatedAtMs", ...RunReport }`, with the lists of a `RunReport`
 * one item a line. Nothing is left out or changed: exclusions are listed, not applied.
 */
export function* formatJson(report: RunReport, atMs: EpochMs): Generator<string> {
  yield `{\n"format": "muster/run-report",\n"version": 2,\n"generatedAtMs": ${atMs}`;
  for (const [name, value] of Object.entries(report)) {
    yield `,\n${JSON.stringify(name)}: `;
    if (Array.isArray(value)) yield* formatList(value);
    else yield JSON.stringify(value);
  }
  yield "\n}\n";
}

function* formatList(items: readonly unknown[]): Generator<string> {
  yield "[";
  for (let at = 0; at < items.length; at += ITEMS_A_PIECE) {
    const lines = items.slice(at, at + ITEMS_A_PIECE).map((item) => JSON.stringify(item));
    yield `${at === 0 ? "\n" : ",\n"}${lines.join(",\n")}`;
  }
  yield "]";
}
