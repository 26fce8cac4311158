import { describe, expect, test } from "vitest";
import { checkFloors, type Rule } from "./floors/check.ts";

/** A small house in order; each breach below adds one file to it and must turn exactly its rule red. */
const HOUSE: Record<string, string> = {
  "src/shared/lib/result.ts": `export const ok = 1;`,
  "src/shared/domain/group.ts": `import { z } from "zod"; import { ok } from "#shared/lib/result.ts"; export const group = z.literal(ok);`,
  "src/shared/contract/coverage.ts": `import type { group } from "#shared/domain/group.ts"; export type Ask = typeof group;`,
  "src/main/store/index.ts": `export { rows } from "./rows.ts";`,
  "src/main/store/rows.ts": `import Database from "better-sqlite3"; export const rows = Database;`,
  "src/main/platforms/slack/index.ts": `import { WebClient } from "@slack/web-api"; export const client = WebClient;`,
  "src/main/platforms/slack/tiers.ts": `export const tiers = 4;`,
  "src/main/features/team/index.ts": `import { rows } from "#main/store/index.ts"; export const team = rows;`,
  "src/main/features/activity/index.ts": `export const activity = 1;`,
  "src/main/features/team/note.ts": `import type { activity } from "#main/features/activity/index.ts"; export type Note = typeof activity;`,
  "src/main/features/team/roles.ts": `export const roles = [];`,
  "src/main/features/coverage/index.ts": `import { team } from "#main/features/team/index.ts"; export const coverage = team;`,
  "src/main/features/coverage/presence-policy.ts": `import { ok } from "#shared/lib/result.ts"; export const decide = (ms: number) => new Date(ms).getTime() + ok;`,
  "src/main/index.ts": `import { app } from "electron"; app.quit();`,
  "src/renderer/api/client.ts": `import type { Ask } from "#shared/contract/coverage.ts"; export type Client = Ask;`,
  "src/renderer/ui/table.tsx": `export function Table() { return <table />; }`,
  "src/renderer/features/runs/screen.tsx": `import { Table } from "#renderer/ui/table.tsx"; export const Runs = Table;`,
  "src/renderer/features/runs/row.tsx": `export const Row = 1;`,
  "src/sandbox/index.ts": `import { ok } from "#shared/lib/result.ts"; import "node:http"; export const world = ok;`,
};

function rulesBrokenBy(path: string, text: string): Rule[] {
  const files = { ...HOUSE, [path]: text };
  const sources = Object.entries(files).map(([each, content]) => ({ path: each, text: content }));
  return [...new Set(checkFloors(sources).violations.map(({ rule }) => rule))];
}

test("the house in order breaks nothing", () => {
  expect(rulesBrokenBy("src/shared/lib/result.ts", HOUSE["src/shared/lib/result.ts"] ?? "")).toEqual([]);
});

const FORBIDDEN_EDGES: [why: string, path: string, text: string][] = [
  [
    "shared knows nothing of main",
    "src/shared/domain/a.ts",
    `import { rows } from "#main/store/index.ts"; export { rows };`,
  ],
  ["shared/lib imports nothing", "src/shared/lib/a.ts", `import { z } from "zod"; export const a = z;`],
  [
    "a re-export is an edge",
    "src/shared/domain/a.ts",
    `export * from "#main/store/index.ts"; export const a = 1;`,
  ],
  [
    "a dynamic import is an edge",
    "src/shared/domain/a.ts",
    `export const a = () => import("#main/store/index.ts");`,
  ],
  [
    "a type import is an edge",
    "src/shared/domain/a.ts",
    `import type { rows } from "#main/store/index.ts"; export type A = typeof rows;`,
  ],
  [
    "an inline type import is an edge",
    "src/shared/domain/a.ts",
    `export type A = import("#main/store/index.ts").rows;`,
  ],
  ["require is an edge", "src/shared/domain/a.ts", `export const a = require("#main/store/index.ts");`],
  [
    "the store knows no platform",
    "src/main/store/a.ts",
    `import { client } from "#main/platforms/slack/index.ts"; export const a = client;`,
  ],
  [
    "a platform knows no store",
    "src/main/platforms/slack/a.ts",
    `import { rows } from "#main/store/index.ts"; export const a = rows;`,
  ],
  [
    "a platform knows no other platform",
    "src/main/platforms/mail/a.ts",
    `import { client } from "#main/platforms/slack/index.ts"; export const a = client;`,
  ],
  [
    "an SDK belongs to its platform",
    "src/main/platforms/mail/a.ts",
    `import "@slack/web-api"; export const a = 1;`,
  ],
  [
    "features use no SDK",
    "src/main/features/team/a.ts",
    `import type { WebClient } from "@slack/web-api"; export type A = WebClient;`,
  ],
  [
    "features use no Electron",
    "src/main/features/team/a.ts",
    `import { app } from "electron"; export const a = app;`,
  ],
  [
    "features enter platforms by the door",
    "src/main/features/team/a.ts",
    `import { tiers } from "#main/platforms/slack/tiers.ts"; export const a = tiers;`,
  ],
  [
    "features enter the store by the door",
    "src/main/features/team/a.ts",
    `import { rows } from "#main/store/rows.ts"; export const a = rows;`,
  ],
  [
    "features enter features by the door",
    "src/main/features/coverage/a.ts",
    `import { roles } from "#main/features/team/roles.ts"; export const a = roles;`,
  ],
  [
    "the ground imports no feature",
    "src/main/features/team/a.ts",
    `import { coverage } from "#main/features/coverage/index.ts"; export const a = coverage;`,
  ],
  [
    "the ground may name the activity log's types, not call it",
    "src/main/features/team/a.ts",
    `import { activity } from "#main/features/activity/index.ts"; export const a = activity;`,
  ],
  [
    "the ground may name only the activity log's types",
    "src/main/features/connections/a.ts",
    `import type { team } from "#main/features/team/index.ts"; export type A = typeof team;`,
  ],
  [
    "features of one storey stay apart",
    "src/main/features/bot/a.ts",
    `import { coverage } from "#main/features/coverage/index.ts"; export const a = coverage;`,
  ],
  [
    "a policy imports only shared",
    "src/main/features/coverage/policy/a.ts",
    `import { rows } from "#main/store/index.ts"; export const a = rows;`,
  ],
  [
    "a policy uses no node:",
    "src/main/features/coverage/policy/a.ts",
    `import { join } from "node:path"; export const a = join;`,
  ],
  [
    "ipc goes through features",
    "src/main/ipc/a.ts",
    `import { rows } from "#main/store/index.ts"; export const a = rows;`,
  ],
  [
    "the cli never imports the sandbox",
    "src/main/cli/a.ts",
    `import { tick } from "#sandbox/clock.ts"; export const a = tick;`,
  ],
  ["the cli uses no Electron", "src/main/cli/a.ts", `import { app } from "electron"; export const a = app;`],
  [
    "the preload runs no contract code",
    "src/preload/a.ts",
    `import { x } from "#shared/contract/coverage.ts"; export const a = x;`,
  ],
  [
    "the preload knows no domain",
    "src/preload/a.ts",
    `import type { group } from "#shared/domain/group.ts"; export type A = typeof group;`,
  ],
  [
    "the renderer uses no Electron",
    "src/renderer/api/a.ts",
    `import { ipcRenderer } from "electron"; export const a = ipcRenderer;`,
  ],
  ["the renderer uses no Node", "src/renderer/features/runs/a.ts", `import "node:fs"; export const a = 1;`],
  [
    "ui does not import features",
    "src/renderer/ui/a.ts",
    `import { Runs } from "#renderer/features/runs/screen.tsx"; export const a = Runs;`,
  ],
  [
    "screens enter screens by the door",
    "src/renderer/features/team/a.ts",
    `import { Row } from "#renderer/features/runs/row.tsx"; export const a = Row;`,
  ],
  [
    "the sandbox knows no product code",
    "src/sandbox/a.ts",
    `import { group } from "#shared/domain/group.ts"; export const a = group;`,
  ],
  ["the sandbox uses no package", "src/sandbox/a.ts", `import { z } from "zod"; export const a = z;`],
  [
    "an import leads somewhere",
    "src/shared/domain/a.ts",
    `import { gone } from "./gone.ts"; export const a = gone;`,
  ],
];

describe("an edge that is not in the table is refused", () => {
  test.each(FORBIDDEN_EDGES)("%s", (_why, path, text) => {
    const withClock = path.startsWith("src/main/cli/") && text.includes("#sandbox");
    if (withClock) HOUSE["src/sandbox/clock.ts"] = `export const tick = 1;`;
    expect(rulesBrokenBy(path, text)).toEqual(["edge"]);
    if (withClock) delete HOUSE["src/sandbox/clock.ts"];
  });
});

const OTHER_BREACHES: [rule: Rule, why: string, path: string, text: string][] = [
  ["floor", "a file without a floor", "src/main/misc/a.ts", `export const a = 1;`],
  ["floor", "a file without a floor, though it is no code", "src/notes.txt", `remember`],
  [
    "cycle",
    "two files that import each other",
    "src/shared/lib/a.ts",
    `import { b } from "./a.ts"; export const c = b;`,
  ],
  ["default-export", "export default", "src/shared/lib/a.ts", `export default 1;`],
  ["default-export", "as default", "src/shared/lib/a.ts", `const a = 1; export { a as default };`],
  ["barrel", "a barrel that is no door", "src/shared/lib/index.ts", `export { ok } from "./result.ts";`],
  [
    "entry",
    "an imported entry",
    "src/sandbox/a.ts",
    `import { world } from "./index.ts"; export const a = world;`,
  ],
  ["name", "a vague file name", "src/shared/lib/string-utils.ts", `export const a = 1;`],
  ["name", "a vague folder name", "src/main/features/team/common/a.ts", `export const a = 1;`],
  [
    "length",
    "a long file",
    "src/shared/lib/a.ts",
    `export const a = 1;\n`.repeat(1) + `// more\n`.repeat(400),
  ],
  [
    "climb",
    "climbing out",
    "src/main/features/team/a.ts",
    `import { rows } from "../../store/index.ts"; export const a = rows;`,
  ],
  [
    "computed-import",
    "a computed import",
    "src/shared/lib/a.ts",
    `export const a = (name: string) => import(name);`,
  ],
  ["purity", "a promise in a policy", "src/main/features/team/policy/a.ts", `export type A = Promise<void>;`],
  ["purity", "an async policy", "src/main/features/team/role-policy.ts", `export const a = async () => 1;`],
  [
    "purity",
    "the clock in a policy",
    "src/main/features/team/policy/a.ts",
    `export const a = () => Date.now();`,
  ],
  ["purity", "today in a policy", "src/main/features/team/policy/a.ts", `export const a = () => new Date();`],
  [
    "purity",
    "chance in a policy",
    "src/main/features/team/policy/a.ts",
    `export const a = () => Math.random();`,
  ],
  [
    "forbidden-name",
    "a decision in the store",
    "src/main/store/a.ts",
    `export function shouldInvite() { return 1; }`,
  ],
  ["forbidden-name", "a domain word in shared/lib", "src/shared/lib/a.ts", `export const slackId = 1;`],
  [
    "forbidden-name",
    "a domain word in ui",
    "src/renderer/ui/a.tsx",
    `export function CoverageTable() { return 1; }`,
  ],
  [
    "forbidden-text",
    "SQL in a feature",
    "src/main/features/team/a.ts",
    "export const a = `select id from people`;",
  ],
];

describe("every other rule turns red", () => {
  test.each(OTHER_BREACHES)("%s: %s", (rule, _why, path, text) => {
    expect(rulesBrokenBy(path, text)).toEqual([rule]);
  });

  test("no-edges: a checker that saw nothing", () => {
    const { violations } = checkFloors([{ path: "src/shared/lib/a.ts", text: `export const a = 1;` }]);
    expect(violations.map(({ rule }) => rule)).toEqual(["no-edges"]);
  });
});
