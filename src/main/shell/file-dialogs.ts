import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { app, type BrowserWindow, dialog, shell } from "electron";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

export interface FileKind {
  readonly name: string;
  readonly extensions: string[];
}

/** The largest file an import reads into memory. */
const largestImportBytes = 50 * 1024 * 1024;

/** Lets the operator choose a file and reads it as text. Null when nothing was chosen. */
export async function chooseTextFile(
  window: BrowserWindow,
  kind: FileKind,
): Promise<Result<{ fileName: string; text: string } | null, Failure>> {
  const choice = await dialog.showOpenDialog(window, { properties: ["openFile"], filters: [kind] });
  const [file] = choice.filePaths;
  if (choice.canceled || file === undefined) return ok(null);
  try {
    const { size } = await stat(file);
    if (size > largestImportBytes) {
      return err(failure("input/file-unreadable", { path: file, bytes: size }, "It is larger than 50 MB."));
    }
    return ok({ fileName: path.basename(file), text: await readFile(file, "utf8") });
  } catch (error) {
    return err(failure("input/file-unreadable", { path: file, reason: String(error) }));
  }
}

/** Lets the operator choose where to save. Null when nothing was chosen. */
export async function chooseSavePath(
  window: BrowserWindow,
  suggestedName: string,
  kind: FileKind,
): Promise<string | null> {
  const choice = await dialog.showSaveDialog(window, {
    defaultPath: path.join(app.getPath("documents"), suggestedName),
    filters: [kind],
  });
  return choice.canceled || !choice.filePath ? null : choice.filePath;
}

/** Lets the operator choose a folder, or make one. Null when nothing was chosen. */
export async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const choice = await dialog.showOpenDialog(window, {
    defaultPath: app.getPath("documents"),
    properties: ["openDirectory", "createDirectory"],
  });
  const [folder] = choice.filePaths;
  return choice.canceled || folder === undefined ? null : folder;
}

/** Opens an address in the system's browser. Only the web: no other program is ever started. */
export async function openInBrowser(address: string): Promise<void> {
  const { protocol } = new URL(address);
  if (protocol !== "https:" && protocol !== "http:")
    throw new Error(`refusing to open a ${protocol} address`);
  await shell.openExternal(address);
}

/** Shows a file or folder in the system's file manager. */
export function revealInFileManager(file: string): void {
  shell.showItemInFolder(file);
}
