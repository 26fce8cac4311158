import { test } from "@playwright/test";
import { type Console, type ConsoleOptions, type Home, makeHome, openConsole } from "./console.ts";
import { onStage } from "./set-stage.ts";

/**
 * Opens a Muster on an empty profile before the first test of the file, goes where they begin, and quits it after the
 * last. They follow on each other.
 */
export function setWindow(
  options: ConsoleOptions,
  begin: (muster: Console) => Promise<void> = () => Promise.resolve(),
): { readonly home: Home; readonly muster: Console } {
  let home: Home | undefined;
  let muster: Console | undefined;

  test.describe.configure({ mode: "serial" });
  test.beforeAll(async () => {
    home = makeHome();
    muster = await openConsole(home, options);
    await begin(muster);
  });
  test.afterAll(async () => {
    await muster?.quit();
    home?.remove();
  });

  return {
    get home() {
      return onStage(home);
    },
    get muster() {
      return onStage(muster);
    },
  };
}
