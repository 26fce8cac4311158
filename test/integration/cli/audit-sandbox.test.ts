import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { answerOf, type Ended, muster, startMuster } from "./muster.ts";
import { type AuditAnswer, findUntruths, outcomeOf, type Truth } from "./truth.ts";

/** One object on standard output and nothing left in the folder for temporary files. */
async function audit(...flags: string[]): Promise<Ended & { left: string[] }> {
  const temporary = makeTemporaryFolder();
  const ended = await muster(["audit", "--slack", "--sandbox", "--json", ...flags], {
    env: { TMPDIR: temporary },
  });
  return { ...ended, left: readdirSync(temporary) };
}

async function tellTruth(...flags: string[]): Promise<Truth> {
  return answerOf<Truth>(await muster(["sandbox", "truth", "--json", ...flags]));
}

test.each([
  { world: "small", seed: "1", limits: "on" },
  { world: "small", seed: "7", limits: "off" },
  { world: "reference", seed: "3", limits: "off" },
])("audits $world world $seed as it really is, whichever way it asks", async ({ world, seed, limits }) => {
  const flags = ["--world", world, "--seed", seed];
  const ways = ["auto", "inverse", "roster"];
  const truth = await tellTruth(...flags);
  const ended: Awaited<ReturnType<typeof audit>>[] = [];
  for (const way of ways) ended.push(await audit(...flags, "--limits", limits, "--strategy", way));

  const answers = ended.map((one) => answerOf<AuditAnswer>(one));
  const [auto, inverse, roster] = answers.map(outcomeOf);
  expect({
    ends: ended.map(({ code, left }) => ({ code, left })),
    untruths: answers.flatMap((answer) => findUntruths(answer, truth)),
    unknown: answers.map(({ unknown }) => unknown),
    strategies: answers.slice(1).map(({ strategy }) => strategy),
    counts: answers.map(({ results }) => results.length),
  }).toEqual({
    ends: ways.map(() => ({ code: 0, left: [] })),
    untruths: [],
    unknown: [0, 0, 0],
    strategies: ["inverse", "roster"],
    counts: answers.map(({ present, absent }) => present + absent),
  });
  expect({ auto, roster }).toEqual({ auto: inverse, roster: inverse });
});

test("says in its answer all that a program needs, and flags exactly the gaps it found", async () => {
  const answer = answerOf<AuditAnswer & Record<string, unknown>>(
    await audit("--world", "small", "--limits", "off"),
  );

  const gaps = answer.results
    .filter(({ presence }) => presence === "absent")
    .map(({ level, groupId, personId }) => `missing-${level} ${groupId} ${personId}`);
  const missing = answer.findings
    .filter(({ personId }) => personId !== undefined)
    .map(({ kind, groupId, personId }) => `${kind} ${groupId} ${personId}`);
  expect({ keys: Object.keys(answer), missing: missing.toSorted() }).toEqual({
    keys: (
      "runId state strategy platforms sandbox startedAtMs finishedAtMs calls waitedMs elapsedMs groups people " +
      "present absent unknown failure results findings groupList personList"
    ).split(" "),
    missing: gaps.toSorted(),
  });
});

test("writes the report in the format that its name says, also into a profile that is kept", async () => {
  const folder = makeTemporaryFolder();
  const profile = join(folder, "profile");
  const report = (ending: string) => join(folder, `report.${ending}`);
  const common = ["--world", "small", "--limits", "off", "--profile", profile];

  const xlsx = await audit(...common, "--out", report("xlsx"));
  const csv = await muster(["runs", "show", "--profile", profile, "--out", report("csv")]);
  const json = await muster(["runs", "show", "latest", "--profile", profile, "--out", report("json")]);

  const { absent } = answerOf<AuditAnswer>(xlsx);
  const { stdout: sheets } = await promisify(execFile)("unzip", ["-l", report("xlsx")]);
  expect({
    codes: [xlsx.code, csv.code, json.code],
    sheets: sheets.match(/xl\/worksheets\/sheet\d+\.xml/g)?.length,
    csvHead: readFileSync(report("csv"), "utf8").split("\n")[0]?.includes("Completeness"),
    jsonGaps: (JSON.parse(readFileSync(report("json"), "utf8")) as { run: { absent: number } }).run.absent,
  }).toEqual({ codes: [0, 0, 0], sheets: expect.any(Number) as number, csvHead: true, jsonGaps: absent });
});

test("reports the newest results of each platform as the latest, and one run where that one is named", async () => {
  const folder = makeTemporaryFolder();
  const common = ["--world", "small", "--limits", "off", "--profile", join(folder, "profile"), "--json"];
  const slack = answerOf<AuditAnswer>(await muster(["audit", "--slack", "--sandbox", ...common]));
  const telegram = answerOf<AuditAnswer>(await muster(["audit", "--telegram", "--sandbox", ...common]));
  const report = async (name: string) => {
    const out = join(folder, `${name}.json`);
    const shown = await muster(["runs", "show", name, "--profile", join(folder, "profile"), "--out", out]);
    const { run, sources, results } = JSON.parse(readFileSync(out, "utf8")) as {
      run: { id: string } | null;
      sources: { platform: string; run: { id: string } }[];
      results: unknown[];
    };
    return {
      code: shown.code,
      isSaidToBeOfEach: shown.stderr.includes("Report of the newest results of each platform: "),
      run: run?.id ?? null,
      sources: sources.map((source) => `${source.platform} ${source.run.id}`),
      results: results.length,
    };
  };

  expect([await report("latest"), await report(slack.runId)]).toEqual([
    {
      code: 0,
      isSaidToBeOfEach: true,
      run: null,
      sources: [`slack ${slack.runId}`, `telegram ${telegram.runId}`],
      results: slack.results.length + telegram.results.length,
    },
    {
      code: 0,
      isSaidToBeOfEach: false,
      run: slack.runId,
      sources: [`slack ${slack.runId}`],
      results: slack.results.length,
    },
  ]);
});

test("shows the plan, the progress and a summary to a person", async () => {
  const ended = await muster(["audit", "--slack", "--sandbox", "--world", "small", "--limits", "off"]);

  expect(ended.code).toBe(0);
  expect(ended.stderr).toMatch(/→ .*: \w+, about \d+ calls, \d+ s\n[^]*Listing groups/);
  expect(ended.stdout).toMatch(/^Audit run-[^]*present +\d+ of \d+\n[^]*missing-required +\d+\n/);
});

test("stopped while the world is being made, it leaves nothing behind", async () => {
  const temporary = makeTemporaryFolder();
  const started = startMuster(["audit", "--sandbox", "--json"], { env: { TMPDIR: temporary } });
  // The profile is there once somebody said so; the reference world takes a moment longer.
  while (!readdirSync(temporary).some((name) => name.startsWith("muster-sandbox-"))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  started.process.kill("SIGINT");
  const ended = await started.ended();

  expect({
    code: ended.code,
    failure: answerOf<{ failure?: { code: string } }>(ended).failure?.code,
    left: readdirSync(temporary),
  }).toEqual({ code: 130, failure: "job/cancelled", left: [] });
});
