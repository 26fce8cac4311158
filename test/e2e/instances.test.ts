import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startMuster } from "#test/support/e2e/command-line.ts";
import { makeConnectedHome } from "#test/support/e2e/connected-home.ts";
import { type Home, makeHome, openConsole } from "#test/support/e2e/console.ts";
import { electronPath, MACHINE_SWITCHES, ROOT } from "#test/support/e2e/places.ts";
import { startSandboxProcess } from "#test/support/e2e/sandbox-process.ts";

/** Starts the built product as a desktop does, without Playwright between; message boxes are printed, not shown. */
async function launch(home: Home): Promise<{ exitCode: unknown; stdout: string }> {
  const stub = join(home.temporary, "message-boxes.cjs");
  writeFileSync(
    stub,
    'require("electron").dialog.showErrorBox = (title, content) => console.log(JSON.stringify({ title, content }));',
  );
  const child = spawn(electronPath(), [...MACHINE_SWITCHES, "-r", stub, ROOT, `--profile=${home.profile}`], {
    env: { ...process.env, TMPDIR: home.temporary },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [[exitCode], stdout] = await Promise.all([once(child, "exit"), text(child.stdout)]);
  return { exitCode, stdout };
}

test("a second start on the same profile shows the first one's window, and ends", async () => {
  const home = makeHome();
  const muster = await openConsole(home);
  const isVisible = () =>
    muster.application.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.isVisible()),
    );
  await muster.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await isVisible()).toEqual([false]);
  expect((await launch(home)).exitCode).toBe(0);
  await expect.poll(isVisible).toEqual([true]);
  await muster.quit();
  home.remove();
});

test("the window comes back in the size it was closed with", async () => {
  const home = makeHome();
  const size = { width: 1010, height: 707 };
  const first = await openConsole(home);
  await first.application.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setSize(wanted.width, wanted.height);
  }, size);
  await first.quit();
  const second = await openConsole(home);
  const bounds = await second.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  );
  expect(bounds).toMatchObject(size);
  await second.quit();
  home.remove();
});

test("a profile that the command line works in is not opened a second time, and the message says who has it", async () => {
  const sandbox = await startSandboxProcess({ world: "small" });
  const home = await makeConnectedHome(sandbox);
  await sandbox.fault({ method: "*", kind: "stall", times: 1_000 });
  const audit = startMuster(home.profile, ["audit", "--slack", "--json"]);
  try {
    const holder = join(home.profile, "profile.lock.json");
    await expect
      .poll(() => existsSync(holder) && readFileSync(holder, "utf8"))
      .toContain(`"pid":${audit.child.pid}`);
    const { exitCode, stdout } = await launch(home);
    expect({ exitCode, ...(JSON.parse(stdout) as object) }).toEqual({
      exitCode: 1,
      title: "Muster cannot start",
      content: expect.stringMatching(/^Another Muster is using this data folder\.\n\nClose the other one/),
    });
  } finally {
    audit.child.kill("SIGKILL");
    await audit.ended;
    await sandbox.end();
  }
  home.remove();
});
