import path from "node:path";
import type { ApplicationOptions } from "#main/compose.ts";
import { createActivity } from "#main/features/activity/index.ts";
import { readSettings } from "#main/features/settings/index.ts";
import { operatorName } from "#main/platforms/system/index.ts";
import {
  acquireProfileLock,
  type Backup,
  createFileWork,
  listBackups,
  openStore,
  restoreBackup,
  type Restored,
} from "#main/store/index.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";

/** The backups of a profile, newest first. Looks at their names only, so it works however the database fares. */
export function listProfileBackups({ profileFolder }: Pick<ApplicationOptions, "profileFolder">): Backup[] {
  return listBackups(profileFolder);
}

/**
 * Restores a backup (its file name, or `latest`) while no Muster works in the profile, brings it up to date, and notes
 * in its activity log that this was done. Fails as `restoreBackup` does, and with `store/profile-in-use`.
 */
export async function restoreProfileBackup(
  { profileFolder, bundleFolder, log }: Pick<ApplicationOptions, "profileFolder" | "bundleFolder" | "log">,
  name: string,
): Promise<Result<Restored, Failure>> {
  const lock = acquireProfileLock(profileFolder, systemClock);
  if (!lock.ok) return lock;
  const place = {
    folder: profileFolder,
    migrationsFolder: path.join(bundleFolder, "../../resources/migrations"),
  };
  try {
    const doFileWork = createFileWork(null);
    const restored = await restoreBackup(name, { ...place, nowMs: systemClock.nowMs(), doFileWork });
    if (!restored.ok) return restored;
    const { backup, setAside } = restored.value;
    log.info("backup-restored", { backup: backup.file, setAside });
    const backupsKept = async (read: Parameters<typeof readSettings>[0]) =>
      (await readSettings(read)).backupsKept;
    const { store } = await openStore({ ...place, clock: systemClock, log, backupsKept });
    try {
      const activity = createActivity({
        store,
        clock: systemClock,
        actor: operatorName(),
        announce: () => {},
      });
      await store.write((writer) =>
        activity.record(writer, {
          action: "backup.restored",
          target: path.basename(backup.file),
          outcome: "done",
          details: { setAside: setAside === null ? null : path.basename(setAside) },
        }),
      );
    } finally {
      await store.close();
    }
    return ok(restored.value);
  } finally {
    lock.value.release();
  }
}
