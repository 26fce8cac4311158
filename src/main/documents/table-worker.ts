import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { serveDocuments } from "./serve-documents.ts";
import type { TableHead, TablePart } from "./table-protocol.ts";
import { writeXlsx } from "./xlsx-file.ts";

// The worker thread that writes tables and texts which the main thread has put into words.

serveDocuments<TableHead, TablePart>(async (stream, { head, parts, atMs }) => {
  if (head.kind === "text") return pipeline(Readable.from(textsOf(parts)), stream);
  const { title, subject } = head;
  const sheets = head.sheets.map((sheet, at) => ({ ...sheet, rows: rowsOf(parts, at) }));
  await writeXlsx(stream, sheets, { title, subject, atMs });
});

function* textsOf(parts: readonly TablePart[]): Generator<string> {
  for (const part of parts) if (part.kind === "text") yield part.text;
}

function* rowsOf(parts: readonly TablePart[], sheet: number) {
  for (const part of parts) if (part.kind === "rows" && part.sheet === sheet) yield* part.rows;
}
