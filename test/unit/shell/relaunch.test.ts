import { EventEmitter } from "node:events";
import { beforeEach, expect, test, vi } from "vitest";
import { relaunchIntoSandbox } from "#main/shell/relaunch.ts";

/** Electron's application, as far as quitting goes: `quit` asks, and the windows' answer is emitted by the test. */
const app = vi.hoisted(() => ({ current: null as unknown }));
vi.mock("electron", () => ({
  get app() {
    return app.current;
  },
}));

class FakeApp extends EventEmitter {
  readonly isPackaged = true;
  relaunched: unknown[] = [];
  relaunch(options: { args: string[] }): void {
    this.relaunched.push(options.args.slice(-2));
  }
  quit(): void {
    this.emit("before-quit");
  }
}

let fake: FakeApp;
beforeEach(() => {
  fake = new FakeApp();
  app.current = fake;
});

test("the sandbox starts once every window has closed, and only once", () => {
  void relaunchIntoSandbox("/profile");
  const beforeClosing = [...fake.relaunched];
  fake.emit("will-quit");
  fake.emit("will-quit");
  expect([beforeClosing, fake.relaunched]).toEqual([[], [["--profile=/profile/Sandbox", "--sandbox"]]]);
});

test("a quit that was declined is not made up for by a later one", () => {
  void relaunchIntoSandbox("/profile");
  // “Keep editing”: no window closes. Later the operator quits.
  fake.quit();
  fake.emit("will-quit");
  expect(fake.relaunched).toEqual([]);
});

test("asked again after declining, the sandbox starts once", () => {
  void relaunchIntoSandbox("/profile");
  void relaunchIntoSandbox("/profile");
  fake.emit("will-quit");
  expect(fake.relaunched).toEqual([["--profile=/profile/Sandbox", "--sandbox"]]);
});
