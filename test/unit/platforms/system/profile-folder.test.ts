import path from "node:path";
import { expect, test } from "vitest";
import { keychainServiceName, profileFolder } from "#main/platforms/system/index.ts";

test("the usual place of each system is chosen when none is asked for", () => {
  expect([
    profileFolder(undefined, { os: "linux", env: {}, home: "/home/amy" }),
    profileFolder(undefined, { os: "linux", env: { XDG_CONFIG_HOME: "/cfg" }, home: "/home/amy" }),
    profileFolder(undefined, { os: "darwin", env: {}, home: "/Users/amy" }),
    profileFolder(undefined, { os: "win32", env: { APPDATA: "/AppData/Roaming" }, home: "/Users/amy" }),
  ]).toEqual([
    "/home/amy/.config/Muster",
    "/cfg/Muster",
    "/Users/amy/Library/Application Support/Muster",
    "/AppData/Roaming/Muster",
  ]);
});

test("a folder that is asked for wins, made absolute, and keeps its secrets apart from the usual one", () => {
  const facts = { os: "linux" as const, env: {}, home: "/home/amy" };
  expect([
    profileFolder("work", facts),
    keychainServiceName("/home/amy/.config/Muster", facts),
    keychainServiceName("/srv/work", facts),
  ]).toEqual([path.resolve("work"), "Muster", "Muster (/srv/work)"]);
});
