/**
 * Stands in for `unzipper` in the bundle. exceljs loads it for its streaming reader, which Muster never calls,
 * and through it would come `buffers`, a package without any licence.
 */
export function Parse() {
  throw new Error("reading spreadsheets as a stream is not part of Muster");
}
