import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";
import { createDocumentWriter, type DocumentWriterOptions, type WrittenDocument } from "./document-writer.ts";
import type { Sheet, SheetRow } from "./sheet.ts";
import type { TableHead, TablePart } from "./table-protocol.ts";

/** A sheet whose rows come a few hundred at a time, so that nothing is held up and nothing is read before its turn. */
export interface TableSheet extends Omit<Sheet, "rows"> {
  readonly rows: Iterable<readonly SheetRow[]> | AsyncIterable<readonly SheetRow[]>;
}

export interface Workbook {
  /** In the file's properties. */
  readonly title: string;
  readonly subject: string;
  readonly sheets: readonly TableSheet[];
}

interface Destination {
  /** An existing file there is replaced. */
  readonly path: string;
  readonly signal: AbortSignal;
}

/**
 * Writes tables and texts in a worker thread. A file is there whole or not at all; `input/file-unwritable` says why it is
 * not. Aborting rejects with the signal's reason.
 */
export interface TableWriter {
  /** Texts are stored as texts: nothing in them is ever evaluated. */
  writeWorkbook(workbook: Workbook, to: Destination): Promise<Result<WrittenDocument, Failure>>;
  /** The pieces one behind the other, as UTF-8. */
  writeText(
    pieces: Iterable<string> | AsyncIterable<string>,
    to: Destination,
  ): Promise<Result<WrittenDocument, Failure>>;
  close(): Promise<void>;
}

export function createTableWriter(options: DocumentWriterOptions): TableWriter {
  const documents = createDocumentWriter<TableHead, TablePart>({ ...options, name: "table" });
  return {
    writeWorkbook({ title, subject, sheets }, to) {
      const shapes = sheets.map(({ name, columns, highlights, hasFilter }) => {
        return { name, columns, highlights, hasFilter };
      });
      const head = { kind: "workbook", title, subject, sheets: shapes } as const;
      return documents.write({ ...to, head, parts: rowParts(sheets) });
    },
    writeText: (pieces, to) => documents.write({ ...to, head: { kind: "text" }, parts: textParts(pieces) }),
    close: () => documents.close(),
  };
}

async function* rowParts(sheets: readonly TableSheet[]): AsyncGenerator<TablePart, void, void> {
  for (const [sheet, { rows: chunks }] of sheets.entries())
    for await (const rows of chunks) yield { kind: "rows", sheet, rows };
}

async function* textParts(
  pieces: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<TablePart, void, void> {
  for await (const text of pieces) yield { kind: "text", text };
}
