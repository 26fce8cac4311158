import type { EpochMs } from "#shared/lib/time.ts";

/** What the main thread tells a worker: one `begin`, its parts, one `end`; the next document after the answer. */
export type ToDocumentWorker<Head, Part> =
  | { readonly kind: "begin"; readonly head: Head }
  | { readonly kind: "part"; readonly part: Part }
  | {
      readonly kind: "end";
      readonly path: string;
      readonly temporaryPath: string;
      readonly atMs: EpochMs;
    };

/** The worker's one answer to `end`. A `fileError` is the file system's error code (`ENOSPC`). */
export type FromDocumentWorker =
  | { readonly kind: "written"; readonly bytes: number }
  | { readonly kind: "fileError"; readonly code: string; readonly message: string };
