/**
 * The house plan as data: who may import whom. To allow something new, change this table in the commit that
 * needs it and say why there.
 */
export interface Floor {
  readonly name: string;
  /** Matches the paths that stand on this floor; a capture group is the room (`slack`, `coverage`). */
  readonly paths: RegExp;
  /** Floors whose files may be imported, beside the own room. A `/door` suffix allows only the room's door. */
  readonly mayImport: readonly string[];
  /** npm packages; `*` at the end matches the rest of the name. */
  readonly packages: readonly string[];
  readonly node: boolean;
  /** Only the types of what is imported. */
  readonly typesOnly?: boolean;
  /** The file through which other rooms enter. */
  readonly door?: RegExp;
  /** Identifiers that would show that the file is in the wrong place. */
  readonly forbiddenNames?: RegExp;
  /** String literals likewise. */
  readonly forbiddenText?: RegExp;
}

const SHARED = ["shared/lib", "shared/domain", "shared/contract"];

/** Words of the domain, which floors without a domain must not know. */
const DOMAIN_WORDS = /slack|telegram|coverage|presence|exclusion|finding|requirement|teamMember/i;

/** Names that begin a decision: the store remembers, it does not judge. */
const DECISIONS = /^(should[A-Z]|decide|isAllowed|isPermitted|canUser|mayUser)/;

const SQL =
  /^\s*(select\s.+\sfrom|insert\s+(or\s+\w+\s+)?into|update\s+\w+\s+set|delete\s+from|create\s+table)\b/is;

const RENDERER_PACKAGES = [
  "react",
  "react-dom",
  "zustand",
  "radix-ui",
  "lucide-react",
  "cmdk",
  // QR codes for signing in by phone.
  "uqr",
  "zod",
  "@tanstack/*",
  "@orpc/client",
  "@orpc/contract",
  "@orpc/tanstack-query",
];

/** Features by storey. A feature may enter the doors of the storeys below its own, never its own or above. */
export const FEATURE_STOREYS: readonly (readonly string[])[] = [
  ["connections", "team", "access", "activity", "settings", "diagnostics"],
  ["coverage", "archive", "bot"],
  ["membership", "crm", "support", "moderation", "assistant", "insights"],
];

/**
 * Every privileged action writes the activity log, so its types may be named from the same storey. The log itself is
 * passed in by composition (docs/decisions/0006).
 */
export const NAMEABLE_FROM_ITS_OWN_STOREY = "activity";

/** The SDK that each platform may use, and nobody else. */
export const PLATFORM_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  slack: ["@slack/web-api"],
  telegram: ["telegram"],
  keychain: ["@github/keytar"],
  mail: ["nodemailer"],
  sandbox: [],
};

/** First match wins. */
export const FLOORS: readonly Floor[] = [
  {
    name: "shared/lib",
    paths: /^src\/shared\/lib\//,
    mayImport: [],
    packages: [],
    node: false,
    forbiddenNames: DOMAIN_WORDS,
  },
  {
    name: "shared/domain",
    paths: /^src\/shared\/domain\//,
    mayImport: ["shared/lib"],
    packages: ["zod"],
    node: false,
  },
  {
    name: "shared/contract",
    paths: /^src\/shared\/contract\//,
    mayImport: ["shared/lib", "shared/domain"],
    packages: ["zod", "@orpc/contract"],
    node: false,
  },
  {
    name: "main/store",
    paths: /^src\/main\/store\//,
    mayImport: SHARED,
    packages: ["better-sqlite3", "drizzle-orm", "zod"],
    node: true,
    // Tables and SQL stay inside; what others get is the store, and one function a question.
    door: /^src\/main\/store\/((index|store)|queries\/[^/]+)\.ts$/,
    forbiddenNames: DECISIONS,
  },
  {
    name: "main/platforms",
    paths: /^src\/main\/platforms\/([^/]+)\//,
    mayImport: SHARED,
    packages: ["zod"],
    node: true,
    // A door is an index or the file that states what the platform can do, without the code that does it.
    door: /^src\/main\/platforms\/[^/]+\/(index|slack-session|telegram-session|keychain|sandbox-process)\.ts$/,
  },
  {
    name: "main/jobs",
    paths: /^src\/main\/jobs\//,
    mayImport: [...SHARED, "main/store/door"],
    packages: ["croner", "zod"],
    node: true,
    door: /^src\/main\/jobs\/(index|job-kind|job-runner)\.ts$/,
    forbiddenNames: DOMAIN_WORDS,
  },
  {
    // Files of tables and text, in worker threads (docs/decisions/0042). One door for whoever has something written,
    // another for the threads, because that one loads the spreadsheet library.
    name: "main/documents",
    paths: /^src\/main\/documents\//,
    mayImport: ["shared/lib", "shared/domain"],
    packages: ["exceljs"],
    node: true,
    door: /^src\/main\/documents\/(index|worker)\.ts$/,
    forbiddenNames: DOMAIN_WORDS,
  },
  {
    name: "main/features",
    paths: /^src\/main\/features\/([^/]+)\//,
    mayImport: [
      ...SHARED,
      "main/store/door",
      "main/jobs/door",
      "main/documents/door",
      "main/platforms/door",
      "main/features/door",
    ],
    packages: ["zod", "jsonc-parser", "picomatch"],
    node: true,
    door: /^src\/main\/features\/[^/]+\/index\.ts$/,
    forbiddenText: SQL,
  },
  {
    name: "main/ipc",
    paths: /^src\/main\/ipc\//,
    mayImport: [...SHARED, "main/features/door"],
    packages: ["electron", "@orpc/server", "@orpc/client", "@orpc/contract", "zod"],
    node: true,
    forbiddenNames: DECISIONS,
  },
  {
    name: "main/gateway",
    paths: /^src\/main\/gateway\//,
    mayImport: [...SHARED, "main/features/door", "main/compose"],
    packages: ["@orpc/server", "zod"],
    node: true,
  },
  {
    name: "main/cli",
    paths: /^src\/main\/cli\//,
    // The sandbox is reached as a separate process, so only the launcher's door, never src/sandbox.
    mayImport: [
      ...SHARED,
      "main/documents/door",
      "main/features/door",
      "main/platforms/door",
      "main/compose",
      "main/logging",
    ],
    // uqr draws the QR code of a sign-in in terminal characters.
    packages: ["commander", "uqr", "zod"],
    node: true,
    forbiddenNames: DECISIONS,
  },
  {
    name: "main/shell",
    paths: /^src\/main\/shell\//,
    // Types of what it starts for a platform: the sandbox and the keychain's host as utility processes.
    mayImport: [...SHARED, "main/documents/door", "main/platforms/door"],
    packages: ["electron", "zod"],
    node: true,
  },
  {
    name: "main/logging",
    paths: /^src\/main\/logging\//,
    mayImport: ["shared/lib", "shared/domain"],
    packages: ["pino"],
    node: true,
  },
  {
    // Composition chooses what stands behind each door, so it alone may look behind them (features excepted).
    // It knows no Electron, so that the command line and tests can use it.
    name: "main/compose",
    paths: /^src\/main\/(compose|profile-backups)\.ts$/,
    mayImport: [
      ...SHARED,
      "main/store",
      "main/jobs",
      "main/documents/door",
      "main/platforms",
      "main/features/door",
      "main/logging",
    ],
    packages: ["zod"],
    node: true,
  },
  {
    name: "main/index",
    paths: /^src\/main\/index\.ts$/,
    // The packaged program is its own command line.
    mayImport: [
      ...SHARED,
      "main/compose",
      "main/cli",
      "main/shell",
      "main/ipc",
      "main/gateway",
      "main/features/door",
      "main/platforms/door",
      "main/logging",
    ],
    packages: ["electron"],
    node: true,
  },
  {
    name: "preload",
    paths: /^src\/preload\//,
    mayImport: ["shared/contract"],
    packages: ["electron"],
    node: false,
    typesOnly: true,
  },
  {
    name: "renderer/api",
    paths: /^src\/renderer\/api\//,
    mayImport: SHARED,
    packages: RENDERER_PACKAGES,
    node: false,
  },
  {
    name: "renderer/ui",
    paths: /^src\/renderer\/ui\//,
    mayImport: ["shared/lib"],
    packages: RENDERER_PACKAGES,
    node: false,
    forbiddenNames: DOMAIN_WORDS,
  },
  {
    name: "renderer/features",
    paths: /^src\/renderer\/features\/([^/]+)\//,
    mayImport: [...SHARED, "renderer/api", "renderer/ui", "renderer/features/door"],
    packages: RENDERER_PACKAGES,
    node: false,
    door: /^src\/renderer\/features\/[^/]+\/screen\.tsx$/,
  },
  {
    name: "renderer/app",
    // The page, its style sheet and the file that mounts the app belong to the shell.
    paths: /^src\/renderer\/(app\/|(index|main)\.(html|tsx|css)$|[^/]+\.(css|d\.ts)$)/,
    mayImport: [...SHARED, "renderer/api", "renderer/ui", "renderer/features/door"],
    packages: RENDERER_PACKAGES,
    node: false,
  },
  {
    name: "sandbox",
    paths: /^src\/sandbox\//,
    mayImport: ["shared/lib"],
    // Only the texts of Telegram's published schema (tl/layers.ts): an independent witness brings its own code.
    packages: ["telegram", "@mtcute/core"],
    node: true,
  },
];

/** Files that a process starts with; another module that imports one would start it twice. */
export const ENTRIES: readonly string[] = [
  "src/main/documents/table-worker.ts",
  "src/main/index.ts",
  "src/main/cli/index.ts",
  "src/main/features/coverage/report/report-worker.ts",
  "src/main/platforms/keychain/host/keychain-host.ts",
  "src/sandbox/index.ts",
  "src/preload/index.ts",
  "src/renderer/main.tsx",
];

/** Pass-through files that are no room's door but are wanted: drizzle reads one module with every table. */
export const ALLOWED_BARRELS: readonly string[] = ["src/main/store/schema/index.ts"];

/** Pure decisions of a feature. */
export const POLICY_FILES = /^src\/main\/features\/[^/]+\/(?:.*\/)?(?:policy\/.+|[^/]*policy[^/]*)\.ts$/;

export const MAX_LINES = 400;

export const VAGUE_NAMES = new Set(["util", "utils", "helper", "helpers", "manager", "managers", "common"]);
