import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const WindowState = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(640).max(20_000),
  height: z.number().int().min(480).max(20_000),
  isMaximized: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

const firstState: WindowState = { width: 1280, height: 820, isMaximized: false };

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What was remembered, or a sensible first size when there is nothing or nothing usable. */
export async function readWindowState(file: string): Promise<WindowState> {
  try {
    return WindowState.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    // Missing at first start; a damaged one is worth no more than a default size.
    return firstState;
  }
}

/** Drops a remembered position that no screen shows any more (a monitor was unplugged). Pure. */
export function fitToScreens(state: WindowState, workAreas: readonly Area[]): WindowState {
  const { x, y } = state;
  if (x === undefined || y === undefined) return state;
  const titleBarIsVisible = workAreas.some(
    (area) =>
      x + state.width > area.x + 80 &&
      x < area.x + area.width - 80 &&
      y >= area.y &&
      y < area.y + area.height - 40,
  );
  return titleBarIsVisible
    ? state
    : { width: state.width, height: state.height, isMaximized: state.isMaximized };
}

/** Replaces the remembered state whole, so that a crash leaves the old or the new one. */
export async function writeWindowState(file: string, state: WindowState): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(state));
  await rename(`${file}.new`, file);
}
