import type { Cell, SheetRow, TableSheet, Workbook } from "#main/documents/index.ts";
import type { OffboardingDetail } from "#shared/contract/membership.ts";
import { nameAt } from "#shared/domain/connection-name.ts";
import type { OperationState, OperationStep } from "#shared/domain/operation.ts";
import { isPlan } from "#shared/domain/operation-phase.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import type { LocalTime } from "../policy/local-time.ts";
import { actionWords, operationStateWords, outcomeOf, platformWords, whyNot } from "../report/words.ts";
import {
  eventOf,
  offboardingStates,
  purposes,
  requestStates,
  rightOf,
  subjectOf,
  taskStates,
} from "./evidence-terms.ts";

/** An operation of an offboarding, with everything it did. */
export interface EvidenceOperation {
  readonly id: string;
  readonly title: string;
  readonly state: OperationState;
  readonly steps: readonly OperationStep[];
}

/**
 * An offboarding for people: its facts, its tasks, the requests, and the steps of its operations. Moments are those of the
 * wall of `time`'s zone, which the first sheet names.
 */
export function describeEvidence(
  { offboarding, tasks, requests, notAsked, history }: OffboardingDetail,
  operations: readonly EvidenceOperation[],
  time: LocalTime,
  writtenAtMs: EpochMs,
): Workbook {
  const at = (atMs: EpochMs | null): Cell => (atMs === null ? null : { timeMs: time.asUtcMs(atMs) });
  const { personName, state, createdAtMs, checkedAtMs, closedAtMs, deactivatedIn } = offboarding;
  const facts: SheetRow[] = [
    { cells: ["Person", personName] },
    { cells: ["State", offboardingStates[state]] },
    { cells: ["Started", at(createdAtMs)] },
    { cells: ["Last checked", at(checkedAtMs) ?? "never"] },
    { cells: ["Closed", at(closedAtMs) ?? "not yet"] },
    { cells: ["Written", at(writtenAtMs)] },
    { cells: ["Times are of", `${time.zone} (${time.offset(writtenAtMs)} when written)`] },
    { cells: ["Deactivated in", deactivatedIn.join(", ") || "nowhere"] },
    ...notAsked.map(({ platform, label, why }) => ({
      cells: ["Could not be asked", `${nameAt(platform, label)}: ${why}`],
    })),
  ];
  return {
    title: `Offboarding of ${personName}`,
    subject: "Where the person was, and what became of it",
    sheets: [
      sheet(
        "Summary",
        [
          ["Fact", 22],
          ["Value", 70],
        ],
        facts,
        false,
      ),
      sheet(
        "Tasks",
        [
          ["Group", 36],
          ["Platform", 10],
          ["State", 18],
          ["Our right", 22],
          ["Owns it", 10],
          ["Note", 70],
          ["Since", 20],
          ["Group key", 28],
        ],
        tasks.map((task) => ({
          cells: [
            task.groupName,
            platformWords[task.platform],
            taskStates[task.state],
            rightOf(task),
            task.isOwner ? "Yes" : "No",
            task.note,
            at(task.updatedAtMs),
            task.groupKey,
          ],
        })),
      ),
      sheet(
        "Requests",
        [
          ["Group", 36],
          ["Purpose", 22],
          ["Asked", 30],
          ["State", 12],
          ["Note", 40],
          ["Since", 20],
          ["Text", 80],
        ],
        requests.map((request) => ({
          cells: [
            request.groupName,
            purposes[request.purpose],
            request.askName,
            requestStates[request.state],
            request.note,
            at(request.updatedAtMs),
            request.text,
          ],
        })),
      ),
      sheet(
        "Operations",
        [
          ["Operation", 40],
          ["State", 24],
          ["Group", 36],
          ["Change", 24],
          ["Person", 26],
          ["Outcome", 16],
          ["Done at", 20],
          ["Proven at", 20],
          ["Why not", 60],
        ],
        operations.flatMap(({ title, state: operationState, steps }) =>
          steps.map((step) => ({
            cells: [
              title,
              operationStateWords[operationState],
              step.groupName,
              actionWords[step.action],
              step.personName,
              outcomeOf(step, isPlan(operationState)),
              at(step.actedAtMs),
              at(step.verifiedAtMs),
              whyNot(step),
            ],
          })),
        ),
      ),
      sheet(
        // Excel keeps the name “History” for itself, and calls a file damaged in which a sheet has it.
        "What happened",
        [
          ["When", 20],
          ["Who", 20],
          ["What", 36],
          ["About", 60],
        ],
        history.map(({ atMs, actor, action, why }) => ({
          cells: [
            at(atMs),
            actor === "job-runner" ? "Muster" : actor,
            eventOf(action),
            subjectOf(action, why),
          ],
        })),
      ),
    ],
  };
}

function sheet(
  name: string,
  columns: readonly (readonly [string, number])[],
  rows: readonly SheetRow[],
  hasFilter = true,
): TableSheet {
  return {
    name,
    columns: columns.map(([header, width]) => ({ header, width })),
    highlights: [],
    hasFilter,
    rows: [rows],
  };
}
