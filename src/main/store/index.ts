/** The door of the store: what a process needs to have one. What it can do is in store.ts and queries/. */
export { openStore, type StoreOptions } from "./open-store.ts";
export { acquireProfileLock, type ProfileLock } from "./profile-lock.ts";
export type { Store } from "./store.ts";
