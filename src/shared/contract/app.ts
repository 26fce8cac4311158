import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { Failure } from "../domain/failure.ts";
import { GroupKey } from "../domain/ids.ts";
import { failing, storeFailures } from "./failures.ts";

export const AppInfo = z.object({
  version: z.string(),
  electron: z.string(),
  node: z.string(),
  os: z.enum(["linux", "darwin", "win32"]),
  /** Folder that holds the database and backups. */
  profileFolder: z.string(),
  /** The window was opened on the simulated world. */
  isSandbox: z.boolean(),
});
export type AppInfo = z.infer<typeof AppInfo>;

/** Things the operator must be told at start: a database set aside, a locked keychain. */
export const Notice = z.object({ id: z.string(), failure: Failure });
export type Notice = z.infer<typeof Notice>;

/** What changed, so that a screen can ask again. Carries no data. */
export const ChangeTopic = z.enum([
  "connections",
  "team",
  "rules",
  "runs",
  "exclusions",
  "views",
  "activity",
  "jobs",
  "settings",
  "notices",
  "schedules",
  "telling",
  "noticed",
  "operations",
  "offboardings",
]);
export type ChangeTopic = z.infer<typeof ChangeTopic>;

export const Settings = z.object({
  theme: z.enum(["system", "light", "dark"]),
  density: z.enum(["comfortable", "compact"]),
  /** How many rolling backups of the database to keep. */
  backupsKept: z.number().int().min(1).max(50),
});
export type Settings = z.infer<typeof Settings>;

export const DoctorCheck = z.object({
  id: z.enum(["runtime", "keychain", "database", "network", "clock"]),
  ok: z.boolean(),
  /** What was found. */
  finding: z.string(),
  /** What to do; null when ok. */
  todo: z.string().nullable(),
});
export type DoctorCheck = z.infer<typeof DoctorCheck>;

export const appContract = {
  info: oc.output(AppInfo),
  notices: oc.output(z.array(Notice)),
  dismissNotice: oc.input(z.object({ id: z.string() })).output(z.void()),
  /** Announces changes for as long as it is listened to. */
  changes: oc.output(eventIterator(z.object({ topic: ChangeTopic }))),
  getSettings: oc.output(Settings),
  updateSettings: oc
    .input(Settings.partial())
    .output(Settings)
    .errors(failing(...storeFailures)),
  doctor: oc.output(z.array(DoctorCheck)),
  /** Shows a file or folder that Muster itself wrote in the system's file manager. */
  revealFile: oc
    .input(z.object({ path: z.string() }))
    .output(z.void())
    .errors(failing("input/not-found")),
  /**
   * Opens a group in the platform's own program, or in the browser. The address is built from what is stored of the
   * group; a group without one (Telegram's basic groups) is `input/not-found`. `system/no-program` holds the `link`
   * to copy instead.
   */
  openGroup: oc
    .input(z.object({ groupKey: GroupKey, place: z.enum(["app", "browser"]).default("app") }))
    .output(z.void())
    .errors(failing("input/not-found", "system/no-program")),
};
