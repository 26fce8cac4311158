import { execFileSync } from "node:child_process";
import { makeTemporaryFolder } from "./temporary-folder.ts";

/** A file system of its own, in memory. */
export interface SmallDisk {
  readonly folder: string;
  makeReadOnly(): void;
  remove(): void;
}

/** Null where mounting is not permitted: only root may, and not in every container. */
export function mountSmallDisk(sizeKb: number): SmallDisk | null {
  const folder = makeTemporaryFolder();
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: "pipe" });
  try {
    run("mount", "-t", "tmpfs", "-o", `size=${sizeKb}k`, "tmpfs", folder);
  } catch {
    return null;
  }
  return {
    folder,
    makeReadOnly: () => run("mount", "-o", "remount,ro", folder),
    // Lazily, because a test that failed may still hold a file open.
    remove: () => run("umount", "-l", folder),
  };
}

/** Whether small disks can be had here at all. */
export function canMount(): boolean {
  const disk = mountSmallDisk(64);
  disk?.remove();
  return disk !== null;
}
