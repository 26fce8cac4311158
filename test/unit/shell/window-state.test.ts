import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { fitToScreens, readWindowState, writeWindowState } from "#main/shell/window-state.ts";

const screen = { x: 0, y: 0, width: 1920, height: 1040 };

test("a position on a screen that is still there is kept", () => {
  const state = { x: 100, y: 50, width: 1000, height: 700, isMaximized: true };
  expect(fitToScreens(state, [screen])).toEqual(state);
});

test("a position on an unplugged monitor is dropped and the size is kept", () => {
  expect(fitToScreens({ x: 2500, y: 50, width: 1000, height: 700, isMaximized: false }, [screen])).toEqual({
    width: 1000,
    height: 700,
    isMaximized: false,
  });
});

test("what was written is read back, and a damaged file gives the first size", async () => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), "muster-window-")), "deep", "window.json");
  const state = { x: 1, y: 2, width: 900, height: 600, isMaximized: true };
  await writeWindowState(file, state);
  const readBack = await readWindowState(file);
  await writeFile(file, (await readFile(file, "utf8")).slice(0, 20));
  expect([readBack, await readWindowState(file)]).toEqual([
    state,
    { width: 1280, height: 820, isMaximized: false },
  ]);
});
