import type { GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { StepAction, StepState } from "#shared/domain/operation.ts";
import type { DraftStep } from "./draft-step.ts";

/** A step of an operation that was run, as it was kept. */
export interface PastStep extends Omit<DraftStep, "state" | "evidence" | "failure"> {
  readonly ordinal: number;
  readonly state: StepState;
}

/** A person's account to be put into a group, or taken out of it. */
export interface PastMembership {
  readonly groupKey: GroupKey;
  readonly personId: PersonId;
  readonly personName: string;
  readonly userId: string;
}

/** A group that is to be called `to`, as long as it is called one of `from`. */
export interface PastName {
  readonly groupKey: GroupKey;
  readonly from: readonly string[];
  readonly to: string;
}

/** What is to be done about steps of the past. */
export interface Sequel {
  readonly add: readonly PastMembership[];
  readonly remove: readonly PastMembership[];
  readonly names: readonly PastName[];
  readonly histories: readonly { readonly groupKey: GroupKey; readonly visible: boolean }[];
  /** Steps that are to be taken as they were, or cannot be: whoever drafts says so of each. */
  readonly others: readonly PastStep[];
}

/**
 * What takes back the steps that an operation did, and only those, the last one first: who was added is removed, who was
 * removed is added, a group that was renamed (over however many steps) gets its first name back. `others` cannot be taken
 * back.
 */
function reverse(steps: readonly PastStep[]): Sequel {
  const done = steps.filter(({ state }) => state === "done").toReversed();
  return {
    add: done.filter(({ action }) => action === "remove").flatMap(membershipOf),
    remove: done.filter(({ action }) => action === "add").flatMap(membershipOf),
    names: [...byGroup(done.filter(({ action }) => action === "rename"))].flatMap(([groupKey, own]) => {
      const from = own[0]?.after ?? null;
      const to = own.at(-1)?.before ?? null;
      return from === null || to === null ? [] : [{ groupKey, from: [from], to }];
    }),
    histories: done.flatMap(({ action, groupKey }) =>
      groupKey !== null && isHistory(action) ? [{ groupKey, visible: action === "hide-history" }] : [],
    ),
    others: done.filter(({ action }) => !UNDOABLE.includes(action)),
  };
}

/**
 * What an ended operation did not do, to be done now: its failed, unclear and skipped steps. A group of which some step is
 * left is to get the name it was to have in the end, as long as it is called what it was at some point of the operation.
 */
function remaining(steps: readonly PastStep[]): Sequel {
  const left = steps.filter(({ state }) => LEFT.includes(state));
  const renames = byGroup(steps.filter(({ action }) => action === "rename"));
  return {
    add: left.filter(({ action }) => action === "add").flatMap(membershipOf),
    remove: left.filter(({ action }) => action === "remove").flatMap(membershipOf),
    names: [...renames].flatMap(([groupKey, own]) => {
      const to = own.at(-1)?.after ?? null;
      if (to === null || !own.some(({ state }) => LEFT.includes(state))) return [];
      return [{ groupKey, from: own.flatMap(({ before, after }) => [before ?? [], after ?? []].flat()), to }];
    }),
    histories: left.flatMap(({ action, groupKey }) =>
      groupKey !== null && isHistory(action) ? [{ groupKey, visible: action === "show-history" }] : [],
    ),
    others: left.filter(
      ({ action, groupKey }) => groupKey === null || action === "describe" || isMessage(action),
    ),
  };
}

/** What follows from an operation of the past: taking back what it did, or doing what it left. */
export function sequelOf(kind: "undo" | "rest", past: readonly PastStep[]): Sequel {
  return kind === "undo" ? reverse(past) : remaining(past);
}

/** Steps that write something others read: never repeated while it is unclear whether they did. */
export function isMessage(action: StepAction): boolean {
  return action === "send" || action === "welcome";
}

const LEFT: readonly StepState[] = ["failed", "unclear", "skipped"];

const UNDOABLE: readonly StepAction[] = ["add", "remove", "rename", "show-history", "hide-history"];

function isHistory(action: StepAction): boolean {
  return action === "show-history" || action === "hide-history";
}

function membershipOf({ groupKey, personId, personName, userId }: PastStep): PastMembership[] {
  if (groupKey === null || personId === null || userId === null) return [];
  return [{ groupKey, personId, personName: personName ?? userId, userId }];
}

function byGroup(steps: readonly PastStep[]): ReadonlyMap<GroupKey, PastStep[]> {
  const groups = new Map<GroupKey, PastStep[]>();
  for (const step of steps)
    if (step.groupKey !== null) groups.set(step.groupKey, [...(groups.get(step.groupKey) ?? []), step]);
  return groups;
}
