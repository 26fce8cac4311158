import { readFileSync } from "node:fs";
import type { RunReport } from "#main/features/coverage/index.ts";
import type { Truth } from "#sandbox/world/truth.ts";

/** A report that the product wrote as JSON. */
export function readReport(file: string): RunReport {
  return JSON.parse(readFileSync(file, "utf8")) as RunReport;
}

/** What a report says: `<group id> <person id>` to presence, or to what is wrong with the line. */
export function saidBy(report: RunReport): Record<string, string> {
  const ids = new Map(report.groups.map(({ key, groupId }) => [key, groupId]));
  const said: Record<string, string> = {};
  for (const { groupKey, personId, presence } of report.results) {
    const cell = `${ids.get(groupKey)} ${personId}`;
    said[cell] = cell in said ? "told twice" : presence;
  }
  return said;
}

/** What the world says of the same cells; it knows nothing of our rules, so it is asked about the report's own. */
export function trueOf(truth: Truth, cells: readonly string[]): Record<string, string> {
  const members = new Map(truth.groups.map(({ id, memberIds }) => [id, new Set(memberIds)]));
  const people = new Map(truth.people.map(({ id, slackUserId }) => [id, slackUserId]));
  return Object.fromEntries(
    cells.map((cell) => {
      const [groupId = "", personId = ""] = cell.split(" ");
      return [cell, members.get(groupId)?.has(people.get(personId) ?? "") ? "present" : "absent"];
    }),
  );
}

/** The groups an audit is about, by the sample rules: the world's customer groups that the signed-in person can see. */
export function customerGroupIds(truth: Truth): string[] {
  return truth.groups
    .filter(({ name, visibleToToken }) => /bitsafe|ibtc/i.test(name) && visibleToToken)
    .map(({ id }) => id)
    .sort();
}
