import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { createReportWriter } from "#main/features/coverage/report/report-writer.ts";
import { silentLog } from "#shared/lib/log.ts";
import { parseCsv } from "#test/integration/report/soffice.ts";
import { openFolder, openReportWriter } from "#test/integration/report/writing.ts";
import { SAMPLE_AT_MS, sampleGroup, sampleReport } from "#test/unit/report/sample-report.ts";

const never = new AbortController().signal;

describe("writing a report", () => {
  test("as CSV gives the Groups sheet", async () => {
    const path = join(await openFolder(), "report.csv");
    await openReportWriter().write({ report: sampleReport(), format: "csv", path, signal: never });
    const rows = parseCsv(await readFile(path, "utf8"));
    expect(rows.map((cells) => [cells[1], cells.at(-1)])).toEqual([
      ["Group Name", "Completeness"],
      ["bitsafe-acme", "2/3 required"],
      ["ibtc-beta", "1/3 required"],
      ["bitsafe-gamma-intro", "0/2 required"],
    ]);
  });

  test("as JSON gives everything that is known", async () => {
    const path = join(await openFolder(), "report.json");
    await openReportWriter().write({ report: sampleReport(), format: "json", path, signal: never });
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({
      format: "muster/run-report",
      version: 2,
      generatedAtMs: SAMPLE_AT_MS,
      ...sampleReport(),
    });
  });

  test("replaces an earlier file and leaves nothing else behind", async () => {
    const folder = await openFolder();
    const path = join(folder, "report.json");
    await writeFile(path, "earlier");
    const writer = openReportWriter();
    const first = await writer.write({ report: sampleReport(), format: "json", path, signal: never });
    const again = await writer.write({ report: sampleReport(), format: "json", path, signal: never });
    const { length } = await readFile(path);
    expect([first, again, await readdir(folder)]).toEqual([
      { ok: true, value: { path, bytes: length } },
      { ok: true, value: { path, bytes: length } },
      ["report.json"],
    ]);
  });

  test("several at once gives each its own file", async () => {
    const folder = await openFolder();
    const writer = openReportWriter();
    const names = ["a", "b", "c"];
    await Promise.all(
      names.map((name) =>
        writer.write({
          report: { ...sampleReport(), groups: [sampleGroup(name)] },
          format: "json",
          path: join(folder, name),
          signal: never,
        }),
      ),
    );
    const written = await Promise.all(
      names.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8")).groups[0].groupId),
    );
    expect(written).toEqual(names);
  });

  test.each([
    ["a missing folder", (folder: string) => join(folder, "none", "r.xlsx"), "The folder does not exist."],
    ["a file for a folder", (folder: string) => join(folder, "file", "r.xlsx"), "Part of the path is not"],
    ["a folder for a file", (folder: string) => join(folder, "dir"), "There is a folder of that name."],
    ["a name too long", (folder: string) => join(folder, "x".repeat(300)), "The name is too long."],
  ])("to %s says why and leaves nothing behind", async (_, pathIn, reason) => {
    const folder = await openFolder();
    await Promise.all([mkdir(join(folder, "dir")), writeFile(join(folder, "file"), "kept")]);
    const path = pathIn(folder);
    const written = await openReportWriter().write({
      report: sampleReport(),
      format: "xlsx",
      path,
      signal: never,
    });
    expect(written).toMatchObject({
      ok: false,
      error: {
        code: "input/file-unwritable",
        message: expect.stringContaining(reason) as string,
        facts: { path },
      },
    });
    expect((await readdir(folder)).sort()).toEqual(["dir", "file"]);
  });

  test("to a full disk says so, keeps the earlier report and leaves nothing behind", async (context) => {
    const folder = await openFolder();
    // Only root may mount the small disk this needs.
    if (process.platform !== "linux" || process.getuid?.() !== 0 || !mountSmallDisk(folder)) context.skip();
    const path = join(folder, "report.xlsx");
    await writeFile(path, "earlier");
    const groups = Array.from({ length: 5_000 }, (_, at) => sampleGroup(`C${at}`));
    for (const format of ["xlsx", "csv", "json"] as const) {
      const written = await openReportWriter().write({
        report: { ...sampleReport(), groups },
        format,
        path,
        signal: never,
      });
      expect(written).toMatchObject({
        ok: false,
        error: { code: "input/file-unwritable", facts: { reason: "The disk is full." } },
      });
    }
    expect([await readFile(path, "utf8"), await readdir(folder)]).toEqual(["earlier", ["report.xlsx"]]);
  });

  test("that is aborted rejects with the reason and leaves nothing behind", async () => {
    const folder = await openFolder();
    const groups = Array.from({ length: 20_000 }, (_, at) => sampleGroup(`C${at}`));
    const stop = new AbortController();
    const writing = openReportWriter().write({
      report: { ...sampleReport(), groups },
      format: "xlsx",
      path: join(folder, "report.xlsx"),
      signal: stop.signal,
    });
    const settled = writing.then(
      () => "written",
      (cause: unknown) => cause,
    );
    while ((await readdir(folder)).length === 0) await new Promise((wait) => setTimeout(wait, 1));
    stop.abort("enough");
    expect([await settled, await readdir(folder)]).toEqual(["enough", []]);
  });

  test("by a worker that breaks is a defect, not a failure", async () => {
    const folder = await openFolder();
    const broken = join(folder, "broken.mjs");
    await writeFile(broken, "process.exit(3)");
    const writer = createReportWriter({
      workerUrl: pathToFileURL(broken),
      log: silentLog,
      clock: { nowMs: () => 0, monotonicMs: () => 0 },
    });
    await expect(
      writer.write({ report: sampleReport(), format: "json", path: join(folder, "r"), signal: never }),
    ).rejects.toThrow("the report worker ended with code 3");
    expect(existsSync(join(folder, "r"))).toBe(false);
  });
});

/** False where mounting is not allowed (a container without the right). */
function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "none", folder], { stdio: "ignore" });
  } catch {
    return false;
  }
  onTestFinished(() => {
    execFileSync("umount", [folder]);
  });
  return true;
}
