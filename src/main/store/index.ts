/** The door of the store: what a process needs to have one. What it can do is in store.ts and queries/. */
export { openStore, type OpenedStore, type StoreOptions } from "./open-store.ts";
export { acquireProfileLock, type ProfileLock } from "./profile-lock.ts";
export type { Reader, Store, Writer } from "./store.ts";
