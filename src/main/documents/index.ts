/** Documents: files of tables and text, written in worker threads, whole or not at all. */
export { createDocumentWriter, type DocumentWriterOptions, type WrittenDocument } from "./document-writer.ts";
export { makeFolder } from "./make-folder.ts";
export { writeTextFile } from "./write-text-file.ts";
export type { Cell, SheetRow } from "./sheet.ts";
export { createTableWriter, type TableSheet, type TableWriter, type Workbook } from "./table-writer.ts";
