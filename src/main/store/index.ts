/** The door of the store: what a process needs to have one. What it can do is in store.ts and queries/. */
export { type Backup, listBackups } from "./backups.ts";
export { createFileWork } from "./off-thread.ts";
export { openStore, type StoreOptions } from "./open-store.ts";
export { acquireProfileLock, type ProfileLock } from "./profile-lock.ts";
export { restoreBackup, type Restored } from "./restore-backup.ts";
export type { Store } from "./store.ts";
