/** What differs between Linux, macOS and Windows, in one place (menus and packaging aside). */
export { keychainServiceName, profileFolder } from "./profile-folder.ts";
export { operatorName } from "./operator-name.ts";
export { readVersion } from "./version.ts";
export { systemTimeZone } from "./time-zone.ts";
