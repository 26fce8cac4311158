import type { Cell, SheetRow, TableSheet, Workbook } from "#main/documents/index.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import type { LocalTime } from "../policy/local-time.ts";
import { costFacts, countFacts, type Fact, headFacts } from "./head-facts.ts";
import type { OperationReport, ReportStep } from "./operation-report.ts";
import { actionWords, outcomeOf, platformWords, proofOf, timeOf, whyNot } from "./words.ts";

/** An operation as a workbook: its facts, every step in the plan's order, and those that need somebody, with what to do. */
export function describeReportWorkbook(
  report: OperationReport,
  time: LocalTime,
  writtenAtMs: EpochMs,
): Workbook {
  const { head } = report;
  return {
    title: head.title,
    subject: head.isPlan ? "Plan of an operation, not run" : "What an operation did",
    sheets: [
      summarySheet(report, time, writtenAtMs),
      stepsSheet("Steps", report, time, () => true),
      stepsSheet("To do", report, time, ({ failure }) => failure !== null),
    ],
  };
}

function summarySheet({ head }: OperationReport, time: LocalTime, writtenAtMs: EpochMs): TableSheet {
  const columns = [
    { header: head.isPlan ? "Plan of an operation, NOT RUN" : "Operation", width: 34 },
    { header: "Value", width: 80 },
  ];
  const rows = [
    ...factRows(headFacts(head, time, writtenAtMs)),
    { cells: [] },
    { cells: ["Steps", "Count"], isHeading: true },
    ...factRows(countFacts(head)),
    { cells: [] },
    { cells: ["Connection", "Reckoned before it was run"], isHeading: true },
    ...factRows(costFacts(head)),
  ];
  return { name: "Summary", columns, highlights: [], hasFilter: false, rows: [rows] };
}

function factRows(facts: readonly Fact[]): SheetRow[] {
  return facts.flatMap(([name, value]) => (value === null ? [] : [{ cells: [name, value] }]));
}

function stepsSheet(
  name: string,
  { head, steps }: OperationReport,
  time: LocalTime,
  isShown: (step: ReportStep) => boolean,
): TableSheet {
  async function* rows(): AsyncGenerator<SheetRow[], void, void> {
    for await (const some of steps())
      yield some.filter(isShown).map((step) => ({ cells: stepCells(step, time, head.isPlan) }));
  }
  return {
    name,
    columns: [
      { header: "Step", width: 8 },
      { header: `Time (${time.zone})`, width: 22 },
      { header: head.isPlan ? "What will happen" : "Outcome", width: 16 },
      { header: "Platform", width: 10 },
      { header: "Group Name", width: 36 },
      { header: "Change", width: 22 },
      { header: "Person", width: 26 },
      { header: "Before", width: 30 },
      { header: "After", width: 30 },
      { header: "Proven", width: 22 },
      { header: "Why not", width: 50 },
      { header: "What To Do", width: 50 },
      { header: "Code", width: 28 },
      { header: "Group Key", width: 28 },
    ],
    highlights: [
      { columns: ["C"], formula: '$C2="Done"', tone: "good" },
      { columns: ["C"], formula: 'OR($C2="Failed",$C2="Refused",$C2="Cannot be done")', tone: "bad" },
      { columns: ["C"], formula: 'OR($C2="Unclear",$C2="Not done")', tone: "warning" },
    ],
    hasFilter: true,
    rows: rows(),
  };
}

function stepCells(step: ReportStep, time: LocalTime, isPlan: boolean): Cell[] {
  const { failure } = step;
  const atMs = timeOf(step);
  return [
    step.ordinal + 1,
    atMs === null ? null : { timeMs: time.asUtcMs(atMs) },
    outcomeOf(step, isPlan),
    platformWords[step.platform],
    step.groupName,
    actionWords[step.action],
    step.personName,
    step.before,
    step.after,
    proofOf(step),
    whyNot(step),
    failure?.todo ?? null,
    failure?.code ?? null,
    step.groupKey,
  ];
}
