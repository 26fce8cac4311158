import type { EpochMs } from "#shared/lib/time.ts";
import type { LocalTime } from "../policy/local-time.ts";
import { toPlainLine } from "../policy/plain-line.ts";
import { costFacts, countFacts, type Fact, headFacts } from "./head-facts.ts";
import type { OperationReport, ReportStep } from "./operation-report.ts";
import { actionWords, outcomeOf, platformWords, proofOf, timeOf, whyNot } from "./words.ts";

/** In place of a time, for a step that the platform was not asked to do. */
const NO_TIME = "-------------------";

const RULE = "-".repeat(100);

/**
 * An operation as a log to be read: a head, one line a step in the plan's order, and a summary. Each step's line holds
 * time, outcome, platform, group, change, person, and what it met and what to do about it, set apart by ` | `. Nothing in it
 * steers a terminal or reorders a line, whatever somebody called their group.
 */
export async function* formatTextLog(
  { head, steps }: OperationReport,
  time: LocalTime,
  writtenAtMs: EpochMs,
): AsyncGenerator<string, void, void> {
  const title = head.isPlan ? "Muster: plan of an operation, NOT RUN" : "Muster: log of an operation";
  yield lines([
    title,
    "",
    ...factLines(headFacts(head, time, writtenAtMs)),
    ...section("Reckoned", costFacts(head)),
    "",
    RULE,
  ]);
  for await (const some of steps()) yield lines(some.map((step) => stepLine(step, time, head.isPlan)));
  yield lines([RULE, ...section("Summary", countFacts(head))]);
}

function stepLine(step: ReportStep, time: LocalTime, isPlan: boolean): string {
  const { failure } = step;
  const atMs = timeOf(step);
  const parts = [
    atMs === null ? NO_TIME : time.format(atMs),
    outcomeOf(step, isPlan),
    platformWords[step.platform],
    toPlainLine(step.groupName),
    actionWords[step.action],
    toPlainLine(step.personName ?? ""),
    changeOf(step),
    proofOf(step),
    failure === null ? (whyNot(step) ?? "") : toPlainLine(`${failure.message} [${failure.code}]`),
    failure === null ? "" : toPlainLine(`To do: ${failure.todo}`),
  ];
  return parts.filter((part) => part !== "").join(" | ");
}

/** Each side by itself, so that the arrow keeps its place between texts of either direction. */
function changeOf({ before, after }: ReportStep): string {
  if (before === null && after === null) return "";
  return [before, after]
    .map((text) => toPlainLine(text ?? ""))
    .join(" → ")
    .trim();
}

function section(name: string, facts: readonly Fact[]): string[] {
  return facts.length === 0 ? [] : ["", name, ...factLines(facts)];
}

function factLines(facts: readonly Fact[]): string[] {
  const told = facts.flatMap(([name, value]) =>
    value === null ? [] : [[toPlainLine(name), value] as const],
  );
  const width = Math.max(...told.map(([name]) => name.length));
  return told.map(([name, value]) => `${name.padEnd(width)}  ${toPlainLine(String(value))}`);
}

function lines(each: readonly string[]): string {
  return each.map((line) => `${line}\n`).join("");
}
