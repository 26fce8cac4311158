/** What a worker thread that writes documents is made of. Apart from the other door: it loads the spreadsheet library. */
export { formatCsv } from "./csv-file.ts";
export { serveDocuments } from "./serve-documents.ts";
export { type Cell, type Highlight, type Sheet, type SheetRow, yesNo } from "./sheet.ts";
export { writeXlsx } from "./xlsx-file.ts";
