import { readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createTableWriter, type TableWriter, writeTextFile } from "#main/documents/index.ts";
import { silentLog } from "#shared/lib/log.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import { readByLibreOffice } from "#test/integration/report/soffice.ts";
import { openFolder } from "#test/integration/report/writing.ts";

const workerUrl = pathToFileURL(join(process.cwd(), "src/main/documents/table-worker.ts"));
const { signal } = new AbortController();

function openTables(): TableWriter {
  const tables = createTableWriter({ workerUrl, log: silentLog, clock: systemClock });
  onTestFinished(() => tables.close());
  return tables;
}

test("LibreOffice shows every moment by the second that it is in: on the second, in it, and at its very end", async () => {
  const path = join(await openFolder(), "moments.xlsx");
  const startMs = Date.UTC(2026, 10, 20);
  // A prime number of seconds apart: hours, minutes and seconds of all kinds, over three days.
  const seconds = Array.from({ length: 2_000 }, (_, at) => startMs + at * 127 * SECOND_MS);
  const moments = seconds.flatMap((ms) => [ms, ms + 1, ms + 500, ms + 999]);
  const rows = moments.map((timeMs) => ({ cells: [{ timeMs }] }));
  await openTables().writeWorkbook(
    {
      title: "Moments",
      subject: "Moments",
      sheets: [
        {
          name: "Moments",
          columns: [{ header: "At", width: 20 }],
          highlights: [],
          hasFilter: false,
          rows: [rows],
        },
      ],
    },
    { path, signal },
  );
  const read = (await readByLibreOffice(path))["Moments"]?.slice(1).flat() ?? [];
  const asShown = moments.map((ms) => new Date(ms).toISOString().slice(0, 19).replace("T", " "));
  expect(read).toEqual(asShown);
}, 120_000);

test("what a killed write left is cleared by the next one into that folder, and nothing else", async () => {
  const folder = await openFolder();
  const old = new Date(Date.now() - 11 * 60_000);
  const part = (at: number) => `.muster-01234567-89ab-cdef-0123-00000000000${at}.part`;
  const place = async (name: string, touched = old) => {
    await writeFile(join(folder, name), "half");
    await utimes(join(folder, name), touched, touched);
  };
  await Promise.all([
    place(part(1)),
    place(part(2)),
    // Somebody may be writing it now.
    place(part(3), new Date()),
    // Not by a name of ours.
    place(".muster-mine.part"),
    place("report.xlsx.part"),
  ]);
  const bigger = await openTables().writeText(["whole"], { path: join(folder, "a.log"), signal });
  await place(part(4));
  const atHand = await writeTextFile(join(folder, "b.json"), "{}");
  expect([bigger.ok, atHand.ok, (await readdir(folder)).toSorted()]).toEqual([
    true,
    true,
    [".muster-mine.part", part(3), "a.log", "b.json", "report.xlsx.part"].toSorted(),
  ]);
});

test("a text that cannot be written says why, and leaves what was there", async () => {
  const folder = await openFolder();
  const written = await writeTextFile(join(folder, "none", "b.json"), "{}");
  expect([
    written.ok ? null : [written.error.code, written.error.facts.reason],
    await readdir(folder),
  ]).toEqual([["input/file-unwritable", "The folder does not exist."], []]);
});
