import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

/** Comma, double quote, UTF-8, cells as they are shown, one file a sheet. */
const CSV_FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";

/**
 * What LibreOffice, which shares no code with us, reads in a workbook: rows of shown texts by sheet name. Trailing
 * empty cells are dropped.
 */
export async function readByLibreOffice(path: string): Promise<Record<string, string[][]>> {
  const folder = await mkdtemp(join(tmpdir(), "muster-soffice-"));
  try {
    const profile = pathToFileURL(join(folder, "profile")).href;
    await promisify(execFile)(
      "soffice",
      [
        `-env:UserInstallation=${profile}`,
        "--headless",
        "--convert-to",
        CSV_FILTER,
        "--outdir",
        folder,
        path,
      ],
      { env: { ...process.env, HOME: folder, LANG: "C.UTF-8" }, timeout: 90_000 },
    );
    const stem = basename(path, ".xlsx");
    const names = (await readdir(folder)).filter((name) => name.endsWith(".csv"));
    const sheets = names.map(async (name) => {
      const rows = parseCsv(await readFile(join(folder, name), "utf8"));
      return [name.slice(stem.length + 1, -".csv".length), rows] as const;
    });
    return Object.fromEntries(await Promise.all(sheets));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads CSV by RFC 4180, byte order mark or not, any line end. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  const source = text.replace(/^\uFEFF/, "");
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (source[at + 1] === '"') cell += source[++at];
      else isQuoted = false;
    } else if (char === '"') isQuoted = true;
    else if (char === ",") {
      row.push(cell);
      cell = "";
    } else if (char === "\n") {
      rows.push([...row, cell.replace(/\r$/, "")]);
      row = [];
      cell = "";
    } else cell += char;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows.map((cells) => cells.slice(0, cells.findLastIndex((each) => each !== "") + 1));
}
