import type { SheetRow, TableSheet, Workbook } from "#main/documents/index.ts";
import type { OffboardingDetail } from "#shared/contract/membership.ts";
import type { OperationStep } from "#shared/domain/operation.ts";

/** An operation of an offboarding, with everything it did. */
export interface EvidenceOperation {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly steps: readonly OperationStep[];
}

/** An offboarding for people: its facts, its tasks, the requests, and the steps of its operations. Times are UTC. */
export function describeEvidence(
  { offboarding, tasks, requests, notAsked, history }: OffboardingDetail,
  operations: readonly EvidenceOperation[],
): Workbook {
  const { personName, state, createdAtMs, checkedAtMs, closedAtMs, deactivatedIn } = offboarding;
  const facts: SheetRow[] = [
    { cells: ["Person", personName] },
    { cells: ["State", state] },
    { cells: ["Started", { timeMs: createdAtMs }] },
    { cells: ["Last checked", checkedAtMs === null ? "never" : { timeMs: checkedAtMs }] },
    { cells: ["Closed", closedAtMs === null ? "not yet" : { timeMs: closedAtMs }] },
    { cells: ["Deactivated in", deactivatedIn.join(", ") || "nowhere"] },
    ...notAsked.map(({ label, why }) => ({ cells: ["Could not be asked", `${label}: ${why}`] })),
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
          ["State", 12],
          ["Our right", 12],
          ["Owns it", 10],
          ["Note", 70],
          ["Since", 20],
          ["Group key", 28],
        ],
        tasks.map((task) => ({
          cells: [
            task.groupName,
            task.platform,
            task.state,
            task.ownRight,
            task.isOwner ? "Yes" : "No",
            task.note,
            { timeMs: task.updatedAtMs },
            task.groupKey,
          ],
        })),
      ),
      sheet(
        "Requests",
        [
          ["Group", 36],
          ["Purpose", 12],
          ["Asked", 30],
          ["State", 12],
          ["Note", 40],
          ["Since", 20],
          ["Text", 80],
        ],
        requests.map((request) => ({
          cells: [
            request.groupName,
            request.purpose,
            request.askName,
            request.state,
            request.note,
            { timeMs: request.updatedAtMs },
            request.text,
          ],
        })),
      ),
      sheet(
        "Operations",
        [
          ["Operation", 40],
          ["State", 12],
          ["Group", 36],
          ["Change", 14],
          ["Person", 26],
          ["Outcome", 14],
          ["Done", 20],
          ["Proven", 20],
          ["Why not", 60],
        ],
        operations.flatMap(({ title, state: operationState, steps }) =>
          steps.map((step) => ({
            cells: [
              title,
              operationState,
              step.groupName,
              step.action,
              step.personName,
              step.state,
              step.actedAtMs === null ? null : { timeMs: step.actedAtMs },
              step.verifiedAtMs === null ? null : { timeMs: step.verifiedAtMs },
              step.failure?.message ?? null,
            ],
          })),
        ),
      ),
      sheet(
        "History",
        [
          ["When", 20],
          ["Who", 20],
          ["What", 32],
          ["Why", 60],
        ],
        history.map(({ atMs, actor, action, why }) => ({ cells: [{ timeMs: atMs }, actor, action, why] })),
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
