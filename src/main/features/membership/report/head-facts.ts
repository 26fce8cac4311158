import { nameConnection } from "#shared/domain/connection-name.ts";
import type { OperationRequest } from "#shared/domain/operation.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import type { LocalTime } from "../policy/local-time.ts";
import type { ReportHead } from "./operation-report.ts";
import { kindWords, operationStateWords, platformWords, stateWords, stepStates } from "./words.ts";

/** A named fact: text, or a number of things. */
export type Fact = readonly [name: string, value: string | number | null];

/** Who asked for what, when each stage of it was, and how it stands. */
export function headFacts(head: ReportHead, time: LocalTime, writtenAtMs: EpochMs): Fact[] {
  const at = (atMs: EpochMs | null, by: string | null = null) =>
    atMs === null ? null : `${time.format(atMs)}${by === null ? "" : ` by ${by}`}`;
  return [
    ["Operation", head.title],
    ["Kind", kindWords[head.kind]],
    ...requestFacts(head.request),
    ["State", operationStateWords[head.state]],
    ["Simulated world", head.isSandbox ? "Yes" : null],
    ["Requested", at(head.createdAtMs, head.createdBy)],
    ["Planned", at(head.plannedAtMs)],
    ["Confirmed", at(head.confirmedAtMs, head.confirmedBy)],
    ["Approved", at(head.approvedAtMs, head.approvedBy)],
    ["Ended", at(head.finishedAtMs)],
    ["Written", at(writtenAtMs)],
    ["Times are of", `${time.zone} (${time.offset(writtenAtMs)} when written)`],
    ["Identifier", head.id],
    ["Takes back", head.undoes],
    ["Taken back by", head.undoneBy],
    ["What went wrong", head.failure === null ? null : `${head.failure.message} ${head.failure.todo}`],
    ...head.problems.map(({ failure, ...connection }): Fact => [
      `Not asked: ${nameConnection(connection)}`,
      `${failure.message} ${failure.todo}`,
    ]),
  ];
}

/** What was reckoned for each connection before it was run. */
export function costFacts({ costs }: ReportHead): Fact[] {
  return costs.map(({ label, steps, calls, durationMs, because }) => [
    label,
    `${steps} steps, ${calls} calls, about ${duration(durationMs)}. ${because}`.trim(),
  ]);
}

export function countFacts({ counts, isPlan }: ReportHead): Fact[] {
  const counted = stepStates.map((state): Fact => [stateWords(state, isPlan), counts[state]]);
  const all = stepStates.reduce((sum, state) => sum + counts[state], 0);
  return [["Steps", all], ...counted];
}

/** What the title does not say of the request. */
function requestFacts(request: OperationRequest): Fact[] {
  switch (request.kind) {
    case "add":
    case "remove":
      return [["Platforms", platformsOf(request)]];
    case "rename": {
      const { rule } = request;
      return [
        ["Platforms", platformsOf(request)],
        ...(rule.by === "pattern"
          ? ([
              [rule.isRegularExpression ? "Find (regular expression)" : "Find", rule.find],
              ["Replace by", rule.replacement],
            ] satisfies Fact[])
          : []),
      ];
    }
    case "create": {
      const { namePattern, customers, about, isPrivate, isHistoryVisible, welcome } = request.template;
      return [
        ["Name pattern", namePattern],
        ["Customers", customers.join(", ")],
        ["About", about || null],
        ["Private", isPrivate ? "Yes" : "No"],
        ["History visible to new members", isHistoryVisible ? "Yes" : "No"],
        ["Welcome", welcome || null],
      ];
    }
    default:
      return [];
  }
}

function platformsOf({ platforms }: { readonly platforms: readonly (keyof typeof platformWords)[] }): string {
  return platforms.map((platform) => platformWords[platform]).join(", ");
}

function duration(durationMs: number): string {
  const minutes = Math.round(durationMs / 60_000);
  if (minutes < 1) return `${Math.max(1, Math.round(durationMs / 1_000))} s`;
  if (minutes < 120) return `${minutes} min`;
  return `${Math.round(minutes / 60)} h`;
}
