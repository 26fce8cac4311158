import path from "node:path";
import { type BrowserWindow, shell } from "electron";
import { writeTextFile } from "#main/documents/index.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";
import {
  chooseFolder,
  chooseSavePath,
  chooseTextFile,
  type FileKind,
  revealInFileManager,
} from "./file-dialogs.ts";
import { openGroupAddress } from "./open-group-address.ts";

const fileKinds: Record<"json" | "xlsx" | "csv" | "log", FileKind> = {
  json: { name: "JSON", extensions: ["json"] },
  xlsx: { name: "Excel workbook", extensions: ["xlsx"] },
  csv: { name: "Comma-separated values", extensions: ["csv"] },
  log: { name: "Log", extensions: ["log"] },
};

/** What needs the operator's screen. */
export interface ScreenDesk {
  chooseImport(): Promise<Result<{ fileName: string; text: string } | null, Failure>>;
  /** Remembers the path, so that the page may later ask to see the file. */
  chooseSavePath(suggestedName: string, format: "json" | "xlsx" | "csv" | "log"): Promise<string | null>;
  /** A folder to write into; null when the operator chose none. */
  chooseFolder(): Promise<string | null>;
  /** Remembers what was written, so that the page may later ask to see it. */
  noteSaved(path: string): void;
  writeTextFile(path: string, text: string): Promise<Result<void, Failure>>;
  revealFile(path: string): Promise<boolean>;
  /** False when the system has no program for it. */
  openAddress(address: string): Promise<boolean>;
}

/**
 * File dialogs over `window`, and the file manager for what was saved through them or lies in the profile: the page
 * cannot point at any other file.
 */
export function createScreenDesk(window: BrowserWindow, profileFolder: string): ScreenDesk {
  const saved = new Set<string>();
  return {
    chooseImport: () => chooseTextFile(window, fileKinds.json),
    async chooseSavePath(suggestedName, format) {
      const file = await chooseSavePath(window, suggestedName, fileKinds[format]);
      if (file !== null) saved.add(file);
      return file;
    },
    chooseFolder: () => chooseFolder(window),
    noteSaved: (file) => void saved.add(path.resolve(file)),
    writeTextFile,
    async revealFile(file) {
      const absolute = path.resolve(file);
      const isOurs =
        saved.has(absolute) || absolute === profileFolder || absolute.startsWith(profileFolder + path.sep);
      if (isOurs) revealInFileManager(absolute);
      return isOurs;
    },
    openAddress: (address) => openGroupAddress((each) => shell.openExternal(each), address),
  };
}
