import { resolve } from "node:path";
import { openStore, type Store, type StoreOptions } from "#main/store/index.ts";
import { silentLog } from "#shared/lib/log.ts";
import { createManualClock } from "./manual-clock.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

export const migrationsFolder = resolve(import.meta.dirname, "..", "..", "resources", "migrations");

export interface TemporaryStore extends Store {
  readonly folder: string;
}

/** A real store, migrated, in a folder of its own that is removed when the process ends. */
export async function openTemporaryStore(options: Partial<StoreOptions> = {}): Promise<TemporaryStore> {
  const folder = options.folder ?? makeTemporaryFolder();
  const { store } = await openStore({
    folder,
    migrationsFolder,
    clock: createManualClock(),
    log: silentLog,
    backupsKept: async () => 3,
    ...options,
  });
  return { ...store, folder };
}
