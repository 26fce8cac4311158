import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { missingBinaries } from "#scripts/lockfile/missing-binaries.mjs";
import { withLock } from "#scripts/process/lock.mjs";
import { RUNTIME_DIR } from "#scripts/paths.mjs";
import { downloadOfficial } from "#scripts/runtime/official-download.mjs";
import { verifyTarball } from "#scripts/runtime/substitute.mjs";
import { planTests } from "#scripts/tests/plan.mjs";
import { closingLine, sum, tallyPlaywright, tallyVitest } from "#scripts/tests/tally.mjs";

const folder = mkdtempSync(join(tmpdir(), "muster-toolchain-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name, content) {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

describe("the closing line", () => {
  test("adds up the suites, and names skipped tests only when there are some", () => {
    const total = sum([
      { passed: 2, failed: 0, skipped: 1 },
      { passed: 3, failed: 1, skipped: 0 },
    ]);
    expect(closingLine(total)).toBe("5 passed, 1 failed, 1 skipped");
    expect(closingLine({ passed: 5, failed: 0, skipped: 0 })).toBe("5 passed, 0 failed");
  });

  test("a file that could not be loaded is a failure, though no test in it failed", () => {
    const report = write("broken.json", {
      numPassedTests: 4,
      numFailedTests: 0,
      testResults: [{ status: "failed", assertionResults: [] }],
    });
    expect(tallyVitest(report, 1)).toEqual({ passed: 4, failed: 1, skipped: 0 });
  });

  test("a run that ended badly is a failure, though the report is clean or missing", () => {
    const report = write("clean.json", { numPassedTests: 4, numFailedTests: 0, testResults: [] });
    expect(tallyVitest(report, 1).failed).toBe(1);
    expect(tallyVitest(join(folder, "none.json"), 139)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test("an end-to-end test that passed only on a second try is a failure", () => {
    const report = write("flaky.json", { stats: { expected: 2, unexpected: 0, flaky: 1, skipped: 1 } });
    expect(tallyPlaywright(report, 0)).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });
});

describe("what npm test was asked to run", () => {
  test("everything by default, one suite by name, a filter by path", () => {
    expect(planTests([])).toEqual({ build: true, vitest: [], playwright: [] });
    expect(planTests(["e2e", "-g", "x"])).toEqual({ build: true, vitest: null, playwright: ["-g", "x"] });
    expect(planTests(["architecture"])).toEqual({
      build: false,
      vitest: ["test/architecture/"],
      playwright: null,
    });
    expect(planTests(["test/e2e/a.test.ts"]).playwright).toEqual(["test/e2e/a.test.ts"]);
    expect(planTests(["governor", "--no-build"])).toEqual({
      build: false,
      vitest: ["governor"],
      playwright: null,
    });
  });
});

describe("the substitute runtime", () => {
  test("is refused when its content is not the pinned one", async () => {
    const tarball = write("runtime.tgz", "something else");
    await expect(verifyTarball(tarball, "pinned")).rejects.toThrow(/refused and nothing was unpacked/);
  });

  test("is never packaged", async () => {
    const dist = mkdtempSync(join(folder, "dist-"));
    writeFileSync(join(dist, "electron"), "");
    const { code, stderr } = await new Promise((resolve) => {
      const env = { ...process.env, MUSTER_ELECTRON_DIST: dist };
      execFile(process.execPath, ["scripts/package.mjs"], { env }, (error, _stdout, text) =>
        resolve({ code: error?.code ?? 0, stderr: text }),
      );
    });
    expect(code).toBe(1);
    expect(stderr).toContain("packaging needs the official Electron");
  });
});

describe("the official download", () => {
  test("says why it failed", async () => {
    const script = write("refused.cjs", `console.error("no route to host"); process.exit(1);`);
    expect(await downloadOfficial(script)).toEqual({ ok: false, reason: "no route to host" });
  });

  test("is given up when no byte arrives", async () => {
    const script = write("silent.cjs", `setTimeout(() => {}, 60_000);`);
    expect(await downloadOfficial(script, 600)).toEqual({ ok: false, reason: "no answer" });
  });
});

describe("a lock", () => {
  test("lets one in at a time", async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 30));
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(`test-${process.pid}`, work)));
    expect(most).toBe(1);
  });

  test("is taken over from a process that is gone", async () => {
    const name = `test-gone-${process.pid}`;
    writeFileSync(join(RUNTIME_DIR, `${name}.lock`), "999999999");
    expect(await withLock(name, () => "in")).toBe("in");
  });
});

describe("the lockfile", () => {
  test("names every platform's binaries, or npm ci refuses it (node scripts/complete-lockfile.mjs)", () => {
    const lockfile = JSON.parse(readFileSync("package-lock.json", "utf8"));
    expect([...missingBinaries(lockfile).keys()]).toEqual([]);
  });

  test("a dropped binary is seen, with the machines it is for", () => {
    const lockfile = {
      packages: {
        "node_modules/tool": {
          dev: true,
          license: "MIT",
          optionalDependencies: {
            "@tool/linux-x64-musl": "1.0.0",
            "@tool/darwin-arm64": "1.0.0",
            extra: "^1.0.0",
          },
        },
        "node_modules/@tool/darwin-arm64": { version: "1.0.0" },
      },
    };
    expect(Object.fromEntries(missingBinaries(lockfile))).toEqual({
      "node_modules/@tool/linux-x64-musl": {
        version: "1.0.0",
        cpu: ["x64"],
        libc: ["musl"],
        os: ["linux"],
        dev: true,
        license: "MIT",
        optional: true,
      },
    });
  });
});
