import type { EpochMs } from "#shared/lib/time.ts";
import type { ReportHead, ReportPart } from "./report-parts.ts";

/** What the main thread tells the worker: one `begin`, its parts, one `end`; the next report after the answer. */
export type ToReportWorker =
  | { readonly kind: "begin"; readonly head: ReportHead }
  | { readonly kind: "part"; readonly part: ReportPart }
  | {
      readonly kind: "end";
      readonly format: "xlsx" | "csv" | "json";
      readonly path: string;
      readonly temporaryPath: string;
      readonly atMs: EpochMs;
    };

/** The worker's one answer to `end`. A `fileError` is the file system's error code (`ENOSPC`). */
export type FromReportWorker =
  | { readonly kind: "written"; readonly bytes: number }
  | { readonly kind: "fileError"; readonly code: string; readonly message: string };
