import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright";
import { electronPath, MACHINE_SWITCHES, makeFolder, ROOT } from "./places.ts";

/** Electron hangs when its main process does not load, so a start is given little time. */
const STARTS_WITHIN_MS = 20_000;

/** An open Muster: the built product in real Electron, with a profile and a temporary folder of its own. */
export interface Console {
  readonly application: ElectronApplication;
  readonly page: Page;
  readonly profile: string;
  /** Where this Muster, and the sandbox it starts, put temporary files. */
  readonly temporary: string;
  /** What the page complained about: page errors and console errors. */
  readonly complaints: readonly string[];
  /** Quits as an operator does. */
  quit(): Promise<void>;
  /** kill −9 of the main process. */
  kill(): Promise<void>;
}

/** A profile that outlives the Musters opened on it. */
export interface Home {
  readonly profile: string;
  readonly temporary: string;
  remove(): void;
}

export function makeHome(): Home {
  const folder = makeFolder();
  const temporary = join(folder.path, "t");
  mkdirSync(temporary);
  return { profile: join(folder.path, "profile"), temporary, remove: folder.remove };
}

export interface ConsoleOptions {
  /** Which of its three ways to begin; `no` unless given. */
  readonly sandbox?: "no" | "ask" | "open";
  /** Of the sandbox; `on` unless given. An audit of its Telegram then takes a minute and a half. */
  readonly limits?: "on" | "off";
  readonly env?: Record<string, string | undefined>;
}

/** Opens Muster on a profile. */
export async function openConsole(home: Home, options: ConsoleOptions = {}): Promise<Console> {
  const flag = { no: [], ask: ["--sandbox-ask"], open: ["--sandbox"] }[options.sandbox ?? "no"];
  const application = await _electron.launch({
    executablePath: electronPath(),
    args: [
      ...MACHINE_SWITCHES,
      ROOT,
      `--profile=${home.profile}`,
      ...flag,
      `--limits=${options.limits ?? "on"}`,
    ],
    env: definedOnly({ ...process.env, TMPDIR: home.temporary, ...options.env }),
    timeout: STARTS_WITHIN_MS,
  });
  const ended = new Promise<void>((resolve) => application.once("close", () => resolve()));
  const page = await application.firstWindow({ timeout: STARTS_WITHIN_MS });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return {
    application,
    page,
    profile: home.profile,
    temporary: home.temporary,
    complaints,
    quit: () => application.close(),
    async kill() {
      application.process().kill("SIGKILL");
      await ended;
    },
  };
}

function definedOnly(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
