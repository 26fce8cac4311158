import type { OperationStepRow } from "#main/store/queries/operation-steps.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import type { JournalEntry, WorldJournal } from "./world-journal.ts";

export interface Judgement {
  readonly steps: number;
  /** Of Muster's own. */
  readonly changes: number;
  /** Said done, and was not; or was done, and is not known. */
  readonly lost: readonly string[];
  /** Made twice, though nobody else had taken it back in between. */
  readonly doubled: readonly string[];
  /** Anything else that is not as it should be. */
  readonly wrong: readonly string[];
  /** Said done where a call of ours had no answer and somebody else did the same: nothing tells them apart. */
  readonly undecidable: readonly string[];
  /** A name that somebody gave in the moment between our look and our call: no platform renames on a condition. */
  readonly raced: readonly string[];
  readonly states: readonly string[];
}

interface Evidence {
  readonly name: string;
  readonly rows: readonly OperationStepRow[];
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly journal: WorldJournal;
  readonly sandbox: Sandbox;
  /** What the operation that this one takes back had changed; null for one that takes nothing back. */
  readonly undoes: {
    readonly changed: readonly JournalEntry[];
    readonly undecidable: readonly string[];
    readonly raced: readonly string[];
  } | null;
}

/** Holds what an operation says of itself against what happened in the world, step by step and change by change. */
export function judgeTurn(evidence: Evidence): Judgement {
  const { rows, journal, name } = evidence;
  const lost: string[] = [];
  const doubled: string[] = [];
  const wrong: string[] = [];
  const undecidable: string[] = [];
  const raced: string[] = [];
  const ours = journal.entries.filter(({ by }) => by === "us");
  const byTarget = Map.groupBy(rows, targetOf);

  for (const [target, steps] of byTarget) {
    const history = journal.entries.filter((entry) => entry.target === target);
    const made = history.filter(({ by }) => by === "us");
    const doneSteps = steps.filter(({ state }) => state === "done");
    const facts = `${name} ${target} [${steps.map(sayStep).join("; ")}] ${history.map(sayEntry).join(" ")}`;
    for (const step of steps) judgeState(step, evidence, facts, wrong);
    for (const entry of made) {
      const theirs = overwrittenBy(entry, history);
      if (theirs === null) continue;
      if (hadOnlyAMoment(entry, theirs, journal)) raced.push(facts);
      else wrong.push(`written over though there was time to see it: ${facts}`);
    }
    if (doneSteps.length > made.length) {
      const wasOpen = journal.openCalls.some(({ group }) => group !== null && target.includes(` ${group} `));
      const wasOthers = history.some(({ by }) => by === "others");
      if (wasOthers) undecidable.push(`${facts}${wasOpen ? "" : " (killed)"}`);
      else lost.push(`said done and is not: ${facts}`);
    }
    if (made.length > doneSteps.length) {
      // A change that others took back before it could be recorded is done again, or told as changed meanwhile.
      const takenBack = made.length - doneSteps.length <= history.length - made.length;
      if (!takenBack) (doneSteps.length === 0 ? lost : doubled).push(`made and not told: ${facts}`);
      if (isRepeated(history)) doubled.push(facts);
    }
    // What nobody else touched since is as the last step that is done or so already wants it.
    const wanted = steps.filter(({ state }) => state === "done" || state === "already-so").at(-1);
    const isOurs = history.every(({ by }) => by === "us");
    const now = evidence.after.get(target) ?? "out";
    if (wanted && isOurs && now !== wantedBy(wanted)) wrong.push(`ends as “${now}”: ${facts}`);
  }
  for (const entry of ours)
    if (!byTarget.has(entry.target))
      wrong.push(`${name} changed what it has no step for: ${sayEntry(entry)}`);
  if (evidence.undoes) judgeUndo(evidence, evidence.undoes, wrong);
  return {
    steps: rows.length,
    changes: ours.length,
    lost,
    doubled,
    wrong,
    undecidable,
    raced,
    states: rows.map(({ action, state, failure }) =>
      [name, action, state, ...(failure ? [failure.code] : [])].join(" "),
    ),
  };
}

/** What somebody else had called the group that this entry of ours renames; null where it was not theirs. */
function overwrittenBy(entry: JournalEntry, history: readonly JournalEntry[]): JournalEntry | null {
  if (!entry.target.endsWith(" name")) return null;
  const last = history[history.indexOf(entry) - 1];
  return last?.by === "others" ? last : null;
}

/** A look serves for a second, and reaches us a moment later; who sees a name, or waits longer without looking, may not write over it. */
const MOMENT_MS = 2_000;

/** Whether we had looked just before we wrote, and the name was given after that look. */
function hadOnlyAMoment(entry: JournalEntry, theirs: JournalEntry, { looks }: WorldJournal): boolean {
  const [platform, group] = entry.target.split(" ");
  const before = looks.filter(
    (look) =>
      look.platform === platform && (look.group === null || look.group === group) && look.at < entry.at,
  );
  const last = before.at(-1);
  return last !== undefined && last.at <= theirs.at && entry.atMs - last.atMs <= MOMENT_MS;
}

/** Two changes of ours to the same, with nothing of others in between. */
function isRepeated(history: readonly JournalEntry[]): boolean {
  return history.some((entry, at) => {
    const next = history[at + 1];
    return next !== undefined && entry.by === "us" && next.by === "us" && entry.to === next.to;
  });
}

function judgeState(step: OperationStepRow, evidence: Evidence, facts: string, wrong: string[]): void {
  const { state } = step;
  const { before, journal, sandbox } = evidence;
  const target = targetOf(step);
  const history = journal.entries.filter((entry) => entry.target === target);
  const wanted = wantedBy(step);
  const others = history.filter(({ by }) => by === "others");
  const isOpen = journal.openCalls.some(
    ({ platform, group }) => platform === step.platform && (group === null || group === step.groupId),
  );
  switch (state) {
    case "planned":
    case "acting":
      wrong.push(`left ${state}: ${facts}`);
      return;
    case "already-so": {
      const wasSo = (before.get(target) ?? "out") === wanted || others.some(({ to }) => to === wanted);
      if (!wasSo) wrong.push(`was not so before: ${facts}`);
      return;
    }
    case "failed":
    case "unclear":
      if (!isOpen && others.length === 0) wrong.push(`${state} without a reason: ${facts}`);
      return;
    case "refused":
      if (!isRefusable(step, sandbox, journal, others.length > 0))
        wrong.push(`refused without a reason: ${facts}`);
      return;
    case "done":
    case "skipped":
      return;
  }
}

const OWNER_STAYS = ["telegram/cannot-remove", "telegram/admin-needed"];

/** Whether the world gives a reason to refuse a step, or a fault said no in its place. */
function isRefusable(
  step: OperationStepRow,
  { control }: Sandbox,
  journal: WorldJournal,
  wasTouched: boolean,
): boolean {
  const said = journal.openCalls.some(
    ({ platform, group, answer }) =>
      platform === step.platform && answer.startsWith("error") && (group === null || group === step.groupId),
  );
  if (said || wasTouched) return true;
  const { groups, people } = control.truth();
  const group = groups.find(({ platform, id }) => platform === step.platform && id === step.groupId);
  if (!group) return true;
  const person = people.find(({ slackUserId, telegramUserId }) =>
    [slackUserId, String(telegramUserId)].includes(step.userId ?? String(step.failure?.facts["userId"])),
  );
  if (group.platform === "slack") return group.isArchived || person?.deactivated === true;
  const { canRename, canInvite, canBan } = group.own;
  // A plan counts on no right that every member has.
  if (step.action === "rename") return !canRename || group.own.role === "member";
  if (step.action === "add") return !canInvite || person?.id === "shy";
  // Nobody takes the owner of a group out of it.
  return !canBan || (group.own.role !== "owner" && OWNER_STAYS.includes(step.failure?.code ?? ""));
}

/** Undoing changes back what the operation had changed, each to what it was, and touches nothing else. */
function judgeUndo(
  { journal, name, rows, before }: Evidence,
  undoes: NonNullable<Evidence["undoes"]>,
  wrong: string[],
): void {
  const first = new Map<string, JournalEntry>();
  for (const entry of undoes.changed) if (!first.has(entry.target)) first.set(entry.target, entry);
  for (const entry of journal.entries) {
    // What nothing tells apart from our own is taken back with it.
    const open = [...undoes.undecidable, ...undoes.raced];
    const isAnybodys = open.some((line) => line.includes(entry.target));
    if (entry.by !== "us" || isAnybodys) continue;
    const taken = first.get(entry.target);
    if (taken === undefined) wrong.push(`${name} changed what the operation had not: ${sayEntry(entry)}`);
    else if (entry.to !== taken.from)
      wrong.push(`${name} did not give back “${taken.from}”: ${sayEntry(entry)}`);
  }
  const stepped = new Set(rows.map(targetOf));
  const last = new Map(undoes.changed.map((entry) => [entry.target, entry]));
  for (const [target, { to }] of last) {
    // What somebody else has changed since is theirs, and needs no step.
    const isOurs = (before.get(target) ?? "out") === to;
    if (isOurs && !stepped.has(target)) wrong.push(`${name} left out ${target}`);
  }
}

function targetOf(step: OperationStepRow): string {
  const group = `${step.platform} ${step.groupId}`;
  return step.action === "rename" ? `${group} name` : `${group} member ${step.userId}`;
}

function wantedBy(step: OperationStepRow): string {
  if (step.action === "rename") return step.after ?? "";
  return step.action === "add" ? "in" : "out";
}

function sayStep({ ordinal, action, state, failure }: OperationStepRow): string {
  return [ordinal, action, state, ...(failure ? [failure.code, JSON.stringify(failure.facts)] : [])].join(
    " ",
  );
}

function sayEntry({ by, at, target, from, to }: JournalEntry): string {
  return `(${by}@${at} ${target.split(" ").slice(2).join(" ")} ${from}→${to})`;
}
