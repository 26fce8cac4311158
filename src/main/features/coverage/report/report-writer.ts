import { createDocumentWriter, type DocumentWriterOptions } from "#main/documents/index.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";
import { headOf, type ReportFile, type ReportPart, splitReport } from "./report-parts.ts";
import type { RunReport } from "./run-report.ts";

/** Copying this many items to the worker holds the main thread for a few milliseconds. */
const ITEMS_A_PART = 1_000;

export interface ReportRequest {
  readonly report: RunReport;
  readonly format: ReportFile["format"];
  /** An existing file there is replaced. */
  readonly path: string;
  readonly signal: AbortSignal;
}

export interface ReportWriter {
  /**
   * Writes the report in a worker thread, as of now: expired exclusions no longer count. The file is there whole or
   * not at all. Fails with `input/file-unwritable`; aborting rejects with the signal's reason.
   */
  write(request: ReportRequest): Promise<Result<{ path: string; bytes: number }, Failure>>;
  /** Ends the worker that is kept for the next report. */
  close(): Promise<void>;
}

/** `workerUrl` names the worker's entry: `report-worker.js` in a build, `report-worker.ts` from source. */
export function createReportWriter(deps: DocumentWriterOptions): ReportWriter {
  const documents = createDocumentWriter<ReportFile, ReportPart>({ ...deps, name: "report" });
  return {
    write({ report, format, path, signal }) {
      const head = { ...headOf(report), format };
      return documents.write({ head, parts: splitReport(report, ITEMS_A_PART), path, signal });
    },
    close: () => documents.close(),
  };
}
