import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import ExcelJS from "exceljs";
import { expect, onTestFinished, test } from "vitest";
import { createTableWriter } from "#main/documents/index.ts";
import { silentLog } from "#shared/lib/log.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { carryOut, check, openOffboardingWorld, start, valueOf } from "./offboarding-world.ts";

interface Line {
  seq: number;
  hash: string;
  previousHash: string;
  action?: string;
}

/** By the words of VERIFY.txt alone: none of the product's code. */
function hashOf(line: Line): string {
  const sorted = (value: unknown): unknown =>
    typeof value !== "object" || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .filter(([key]) => value !== line || key !== "hash")
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)]),
        );
  return createHash("sha256")
    .update(JSON.stringify(sorted(line)))
    .digest("hex");
}

/** What OpenSSL says of the signature. */
function openssl(folder: string): string {
  const run = (line: string) =>
    execFileSync("openssl", line.split(" "), { cwd: folder, encoding: "utf8", stdio: "pipe" });
  run("base64 -d -A -in offboarding.json.sig -out signature.bin");
  try {
    return run(
      "pkeyutl -verify -pubin -inkey operator-key.pem -rawin -in offboarding.json -sigfile signature.bin",
    ).trim();
  } catch (error) {
    // It ends with 1 then, and says so where it would say the opposite.
    return String((error as { stdout?: string }).stdout).trim();
  }
}

/** Rows of each sheet as exceljs reads them, which refuses names that Excel refuses. */
async function readWorkbook(file: string): Promise<Record<string, string[][]>> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  return Object.fromEntries(
    workbook.worksheets.map((sheet) => [
      sheet.name,
      (sheet.getSheetValues() as unknown[][])
        .slice(1)
        .map((row) => row.slice(1).map((cell) => (typeof cell === "string" ? cell : JSON.stringify(cell)))),
    ]),
  );
}

/** A world whose workbooks are written as they are in the product, in a worker of their own. */
function openWorldWithTables(): ReturnType<typeof openOffboardingWorld> {
  const tables = createTableWriter({
    workerUrl: pathToFileURL(path.join(process.cwd(), "src/main/documents/table-worker.ts")),
    log: silentLog,
    clock: systemClock,
  });
  onTestFinished(() => tables.close());
  return openOffboardingWorld({ tables });
}

test("the evidence pack is verified by OpenSSL and by its own sums, and an edit shows", async () => {
  const { lab, close } = await openWorldWithTables();
  const offboardingId = await start(lab, "cat");
  await check(lab, offboardingId);
  const other = await start(lab, "olga");
  await carryOut(lab, valueOf(await lab.membership.planOffboarding({ offboardingId })).operationId);
  await check(lab, offboardingId);
  const { folder, files } = valueOf(
    await lab.membership.writeEvidence({ offboardingId, folder: makeTemporaryFolder() }),
  );

  const bytesOf = (name: string) => readFileSync(path.join(folder, name));
  const record = JSON.parse(bytesOf("offboarding.json").toString()) as {
    files: Record<string, string>;
    tasks: unknown[];
    operations: { steps: unknown[] }[];
    activity: { lastHash: string };
  };
  const lines = bytesOf("activity-log.jsonl")
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  const full = lines.filter(({ action }) => action !== undefined);
  const signed = openssl(folder);
  writeFileSync(
    path.join(folder, "offboarding.json"),
    bytesOf("offboarding.json").toString().replace("Cat Example", "Kat Example"),
  );

  expect({
    files: files.toSorted(),
    signed,
    forged: openssl(folder),
    sums: Object.entries(record.files).map(
      ([name, sum]) => `${name} ${createHash("sha256").update(bytesOf(name)).digest("hex") === sum}`,
    ),
    tasks: record.tasks.length,
    steps: record.operations.map(({ steps }) => steps.length),
    isLinked: lines.every((line, at) => at === 0 || line.previousHash === lines[at - 1]?.hash),
    isWhole: full.every((line) => hashOf(line) === line.hash),
    isToItsEnd: lines.at(-1)?.hash === record.activity.lastHash,
    // Of what is about somebody else, only the hashes.
    told: full.map(({ action }) => action),
    hidden: lines.length - full.length,
    mentionsOthers: bytesOf("activity-log.jsonl").includes(other),
  }).toEqual({
    files: [
      "VERIFY.txt",
      "activity-log.jsonl",
      "offboarding.json",
      "offboarding.json.sig",
      "offboarding.xlsx",
      "operator-key.pem",
    ],
    signed: "Signature Verified Successfully",
    forged: "Signature Verification Failure",
    sums: ["activity-log.jsonl true", "offboarding.xlsx true"],
    tasks: 7,
    steps: [4],
    isLinked: true,
    isWhole: true,
    isToItsEnd: true,
    told: [
      "offboarding.started",
      "offboarding.checked",
      "operation.requested",
      "offboarding.removal-planned",
      "operation.planned",
      "operation.confirmed",
      "operation.finished",
      "offboarding.checked",
    ],
    hidden: 1,
    mentionsOthers: false,
  });
  await close();
});

test("the workbook opens as Excel wants it, in words, and names the zone of its times", async () => {
  const { lab, close } = await openWorldWithTables();
  const offboardingId = await start(lab, "cat");
  await check(lab, offboardingId);
  await carryOut(lab, valueOf(await lab.membership.planOffboarding({ offboardingId })).operationId);
  await check(lab, offboardingId);
  const { folder } = valueOf(
    await lab.membership.writeEvidence({ offboardingId, folder: makeTemporaryFolder() }),
  );
  const sheets = await readWorkbook(path.join(folder, "offboarding.xlsx"));
  const columns = (name: string, ...places: number[]) =>
    (sheets[name] ?? []).slice(1).map((row) => places.map((place) => row[place] ?? "-").join(" | "));

  expect({
    names: Object.keys(sheets),
    zone: sheets["Summary"]?.find(([fact]) => fact === "Times are of"),
    state: sheets["Summary"]?.find(([fact]) => fact === "State"),
    tasks: columns("Tasks", 0, 1, 2, 3, 4).toSorted(),
    operations: columns("Operations", 1, 2, 3, 4, 5).toSorted(),
    happened: columns("What happened", 2),
  }).toMatchInlineSnapshot(`
    {
      "happened": [
        "Offboarding started",
        "Platforms asked where the person is",
        "Plan asked for",
        "Removal planned",
        "Plan made",
        "Plan confirmed",
        "Operation ended",
        "Platforms asked where the person is",
      ],
      "names": [
        "Summary",
        "Tasks",
        "Requests",
        "Operations",
        "What happened",
      ],
      "operations": [
        "Done | Ours <> BitSafe | Remove | Cat Example | Done",
        "Done | Umbrella <> BitSafe | Remove | Cat Example | Done",
        "Done | bitsafe-acme | Remove | Cat Example | Done",
        "Done | bitsafe-globex | Remove | Cat Example | Done",
      ],
      "state": [
        "State",
        "Open",
      ],
      "tasks": [
        "Ours <> BitSafe | Telegram | Gone | Owner | No",
        "Stark <> BitSafe | Telegram | Somebody to ask | Member | No",
        "Umbrella <> BitSafe | Telegram | Gone | Admin who can rename | No",
        "Wayne <> BitSafe | Telegram | Somebody to ask | Member | Yes",
        "bitsafe-acme | Slack | Gone | Owner | No",
        "bitsafe-globex | Slack | Gone | Owner | No",
        "general | Slack | Kept | Owner | No",
      ],
      "zone": [
        "Times are of",
        "Asia/Kolkata (UTC+05:30 when written)",
      ],
    }
  `);
  await close();
});
