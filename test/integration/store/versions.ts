/**
 * What a database of each earlier version holds, and what it must hold after all migrations. When you add migration
 * N + 1, add version N here: data that touches what your migration changes, the whole tables before, and after.
 */
export interface VersionData {
  readonly version: number;
  /** SQL that fills a database of this version. */
  readonly data: string;
  readonly before: Record<string, unknown[]>;
  readonly after: Record<string, unknown[]>;
}

const job = {
  id: "j1",
  kind: "coverage-audit",
  title: "Audit",
  payload: '{"runId":"r1"}',
  state: "waiting",
  paused_on: null,
  phase: "people",
  wait_why: "asked to slow down",
  wait_until_ms: 2_000,
  attempts: 1,
  failure: null,
  cancel_requested: 0,
  created_at_ms: 1_000,
  started_at_ms: 1_001,
  finished_at_ms: null,
  worked_ms: 5,
};

const line = {
  seq: 1,
  at_ms: 1_000,
  actor: "ann",
  action: "team.member-added",
  target: "p1",
  why: null,
  outcome: "done",
  details: "{}",
  previous_hash: "0",
  hash: "1",
};

const run = {
  id: "r1",
  job_id: "j1",
  state: "done",
  trigger: "operator",
  platforms: '["slack"]',
  is_sandbox: 1,
  started_at_ms: 1_000,
  finished_at_ms: 2_000,
  elapsed_ms: 900,
  team: "[]",
  rules: "{}",
  groups: 1,
  people: 1,
  present: 1,
  absent: 0,
  unknown: 0,
  failure: null,
};

const runConnection = {
  run_id: "r1",
  connection_id: "c1",
  platform: "slack",
  workspace_id: "T1",
  strategy: "inverse",
  calls: 12,
  waited_ms: 0,
  listing_complete: 1,
};

const runGroup = {
  run_id: "r1",
  group_key: "slack:T1:C1",
  connection_id: "c1",
  platform: "slack",
  workspace_id: "T1",
  group_id: "C1",
  name: "bitsafe-öga 🦊",
  privacy: "private",
  is_archived: 0,
  is_shared: 1,
  member_count: null,
  category_id: null,
  roster_complete: 0,
  unreadable: null,
};

const runPerson = {
  run_id: "r1",
  connection_id: "c1",
  person_id: "p1",
  user_id: "U1",
  listing_complete: 1,
  reason: null,
};

type Row = Record<string, string | number | null>;
type Tables = Record<string, Row[]>;

/** What the second version's audits add to a group. */
const seen = { owner_is_member: null, seen_in_listing: 0 };

/** As the first version had it. */
const first: Tables = {
  activity: [line],
  jobs: [job],
  run_connections: [runConnection],
  run_groups: [runGroup],
  run_people: [runPerson],
  runs: [run],
};

/** From 2 to 3: what an audit needs to prove an absence. */
const withEvidence: Tables = {
  ...first,
  run_connections: [{ ...runConnection, listed_groups: 0, failure: null }],
  run_groups: [{ ...runGroup, ...seen }],
  run_people: [{ ...runPerson, failure: null }],
};

/** From 3 to 4: when a job's wait began. */
const withWaitStart: Tables = { ...withEvidence, jobs: [{ ...job, wait_since_ms: null }] };

/** From 4 to 5: the required totals of a run. */
const withTotals: Tables = {
  ...withWaitStart,
  runs: [{ ...run, required_present: 0, required_total: 0 }],
};

const connection = {
  id: "slack:T1:U1",
  platform: "slack",
  workspace_id: "T1",
  label: "BitSafe",
  user_id: "U1",
  user_name: "ann",
  api_url: "https://slack.com/api/",
  is_sandbox: 0,
  state: "ready",
  failure: null,
  granted_scopes: '["users:read"]',
  known_users: 12,
  added_at_ms: 1_000,
  checked_at_ms: null,
};

/** From 5 to 6: which Telegram account a connection is, and behind which server. */
const withConnection: Tables = { ...withTotals, connections: [connection] };
const withTelegram: Tables = {
  ...withTotals,
  connections: [{ ...connection, telegram_server: null, masked_phone: null }],
};

/** From 6 to 7: what an audit learns of Telegram groups, and people by account. */
const noTelegram = { kind: null, own_right: null, history_hidden: null, members_hidden: null, gap: null };
const withGroupFacts: Tables = { ...withTotals, run_groups: [{ ...runGroup, ...seen, ...noTelegram }] };
const unrecorded = { ...runPerson, person_id: "p2", failure: null };
const withoutAccounts: Tables = {
  ...withTelegram,
  run_people: [
    { ...runPerson, failure: null },
    { ...unrecorded, user_id: null, reason: "no-identity" },
  ],
};
const withAccounts: Tables = {
  ...withTelegram,
  ...withGroupFacts,
  connections: withTelegram.connections ?? [],
  run_people: [
    { ...runPerson, failure: null },
    { ...unrecorded, user_id: "", reason: "no-identity" },
  ],
};

/** From 7 to 8: which time the last run of a schedule was for. */
const schedule = {
  id: "slack-audit",
  kind: "insights.scheduled-audit",
  title: "Scheduled audit of Slack",
  payload: '{"scheduleId":"slack-audit"}',
  cron: "0 2 * * *",
  time_zone: "UTC",
  enabled: 1,
  last_at_ms: 1_000,
  last_job_id: "j1",
  last_missed: 2,
  next_at_ms: 2_000,
};
const withSchedule: Tables = { ...withAccounts, schedules: [schedule] };
const withDueTime: Tables = { ...withAccounts, schedules: [{ ...schedule, last_due_at_ms: null }] };

/** From 11 to 12: whether the operator decided that somebody stays in a group, until then told by the note. */
const offboarding = {
  id: "o1",
  person_id: "p1",
  person_name: "Cat",
  state: "open",
  created_at_ms: 1_000,
  closed_at_ms: null,
  checked_at_ms: 2_000,
  deactivated_in: "[]",
  operation_ids: "[]",
};
const task = (group: string, state: string, note: string | null): Row => ({
  offboarding_id: "o1",
  group_key: `slack:T1:${group}`,
  group_name: group,
  platform: "slack",
  connection_id: "slack:T1:U1",
  own_right: "member",
  state,
  note,
  is_owner: 0,
  updated_at_ms: 2_000,
});
const found = [
  task(
    "C1",
    "kept",
    "Slack's general channel: nobody can be taken out of it. The person leaves it when their account is deactivated in Slack.",
  ),
  task(
    "C2",
    "kept",
    "Archived: nobody can be taken out of an archived channel, and nothing new is written in it. The person stays in its past until their account is deactivated in Slack. If that matters, unarchive the channel and check again.",
  ),
  task("C3", "remove", null),
  task("C4", "asked", "By phone."),
  task("C5", "gone", "Proven by asking the platform: not in the group."),
];
const decided = [task("C6", "kept", null), task("C7", "kept", "An adviser.")];
const withTasks: Tables = {
  ...withDueTime,
  offboardings: [offboarding],
  offboarding_tasks: [...found, ...decided],
};
const withDecisions: Tables = {
  ...withTasks,
  offboarding_tasks: [
    ...found.map((row) => ({ ...row, is_decided: 0 })),
    ...decided.map((row) => ({ ...row, is_decided: 1 })),
  ],
};

export const VERSIONS: readonly VersionData[] = [
  // From 1 to 2 only triggers were added.
  { version: 1, data: fill(first), before: first, after: withGroupFacts },
  { version: 2, data: fill(first), before: first, after: withGroupFacts },
  { version: 3, data: fill(withEvidence), before: withEvidence, after: withGroupFacts },
  { version: 4, data: fill(withWaitStart), before: withWaitStart, after: withGroupFacts },
  {
    version: 5,
    data: fill(withConnection),
    before: withConnection,
    after: { ...withGroupFacts, connections: withTelegram.connections ?? [] },
  },
  { version: 6, data: fill(withoutAccounts), before: withoutAccounts, after: withAccounts },
  { version: 7, data: fill(withSchedule), before: withSchedule, after: withDueTime },
  { version: 8, data: fill(withDueTime), before: withDueTime, after: withDueTime },
  // From 9 to 10 only the people and channels that a Telegram account has met were added.
  { version: 9, data: fill(withDueTime), before: withDueTime, after: withDueTime },
  // From 10 to 11 only the groups that several connections saw in one run were added.
  { version: 10, data: fill(withDueTime), before: withDueTime, after: withDueTime },
  { version: 11, data: fill(withTasks), before: withTasks, after: withDecisions },
];

/** The SQL that writes whole tables; references are not checked while it runs. */
function fill(tables: Tables): string {
  const inserts = Object.entries(tables).flatMap(([table, rows]) => rows.map((row) => insert(table, row)));
  return ["PRAGMA foreign_keys = OFF", ...inserts].join(";\n");
}

function insert(table: string, row: Row): string {
  const values = Object.values(row).map((value) =>
    typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value),
  );
  return `INSERT INTO "${table}" (${Object.keys(row).join(", ")}) VALUES (${values.join(", ")})`;
}
