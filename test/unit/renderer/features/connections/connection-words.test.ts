import { expect, test } from "vitest";
import {
  describeSignIn,
  sortScopes,
  summarizeScopes,
} from "#renderer/features/connections/connection-words.ts";
import { formatCountdown } from "#renderer/features/connections/countdown.ts";
import type { Connection, ScopeStatus } from "#shared/domain/connection.ts";
import { ConnectionId } from "#shared/domain/ids.ts";

const scope = (name: string, granted: boolean, need: ScopeStatus["need"]): ScopeStatus => ({
  scope: name,
  purpose: "",
  granted,
  need,
});
const scopes = [
  scope("b", true, "needed"),
  scope("c", false, "useful"),
  scope("a", true, "useful"),
  scope("d", false, "needed"),
];
const connection: Connection = {
  id: ConnectionId.parse("slack:T1:U1"),
  platform: "slack",
  workspaceId: "T1",
  label: "Acme",
  userId: "U1",
  userName: "ana",
  apiUrl: "https://slack.com/api/",
  isProduction: true,
  isSandbox: false,
  state: "ready",
  failure: null,
  scopes: [scope("b", true, "needed")],
  addedAtMs: 1,
  checkedAtMs: null,
};

test("permissions are counted by what their lack means", () => {
  expect(summarizeScopes(scopes)).toEqual({ granted: 2, total: 4, neededMissing: 1, usefulMissing: 1 });
});

test("permissions that ask for something stand first, needed before useful", () => {
  expect(sortScopes(scopes).map((status) => status.scope)).toEqual(["d", "c", "b", "a"]);
});

test("after a sign-in the operator hears of another account, and of missing permissions", () => {
  const other = { ...connection, id: ConnectionId.parse("slack:T1:U2"), scopes };
  expect([
    describeSignIn(connection, null),
    describeSignIn(connection, connection),
    describeSignIn(other, connection),
  ]).toEqual([
    { message: "Connected to Acme as ana.", hint: undefined },
    { message: "Connected to Acme as ana.", hint: undefined },
    {
      message: "Added Acme as ana: this is another account than before.",
      hint: "Permissions that an audit needs are missing: see the connection.",
    },
  ]);
});

test("a countdown shows minutes and seconds and stops at nothing", () => {
  expect([600_000, 65_001, 999, -5].map(formatCountdown)).toEqual(["10:00", "1:06", "0:01", "0:00"]);
});
