import { accessSync, constants, existsSync, statSync } from "node:fs";
import path from "node:path";

/** Why a file could not be written there; null as far as nothing speaks against it. */
export function findFolderProblem(file: string): string | null {
  const folder = path.dirname(path.resolve(file));
  if (!existsSync(folder)) return `there is no folder ${folder}`;
  if (existsSync(file) && statSync(file).isDirectory()) return "that is a folder";
  try {
    accessSync(folder, constants.W_OK);
    return null;
  } catch {
    return `the folder ${folder} cannot be written`;
  }
}
