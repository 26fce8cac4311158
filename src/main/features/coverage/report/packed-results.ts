import type { CoverageResult } from "#shared/domain/coverage.ts";
import type { GroupKey, PersonId } from "#shared/domain/ids.ts";
import { Defect } from "#shared/lib/assert.ts";
import { levelWords, unknownReasonWords } from "./words.ts";

/**
 * Results as a few lists and arrays of numbers. A run has a result for every group and person; copied to another
 * thread as that many objects they would take longer than the report takes to write.
 */
export interface PackedResults {
  readonly groupKeys: readonly GroupKey[];
  readonly personIds: readonly PersonId[];
  /** For each result: its group's and person's place in the lists above, and what was found as one number. */
  readonly groups: Uint32Array;
  readonly people: Uint32Array;
  readonly findings: Uint8Array;
}

type Finding = Pick<CoverageResult, "level" | "presence" | "reason">;

/** Every finding a result can hold; its place in the list is its number. */
const findings: readonly Finding[] = keysOf(levelWords).flatMap((level) => [
  { level, presence: "present" as const, reason: null },
  { level, presence: "absent" as const, reason: null },
  ...keysOf(unknownReasonWords).map((reason) => ({ level, presence: "unknown" as const, reason })),
]);

/** The numbers by level, then by reason or else presence: found without making a key of the three. */
const numbers = Object.fromEntries(
  keysOf(levelWords).map((level) => [
    level,
    Object.fromEntries(
      findings.flatMap((finding, at) =>
        finding.level === level ? [[finding.reason ?? finding.presence, at] as const] : [],
      ),
    ),
  ]),
);

export function packResults(results: readonly CoverageResult[]): PackedResults {
  const groups = new Numbering<GroupKey>();
  const people = new Numbering<PersonId>();
  const packed = {
    groups: new Uint32Array(results.length),
    people: new Uint32Array(results.length),
    findings: new Uint8Array(results.length),
  };
  for (const [at, result] of results.entries()) {
    packed.groups[at] = groups.numberOf(result.groupKey);
    packed.people[at] = people.numberOf(result.personId);
    packed.findings[at] = numberOf(result);
  }
  return { ...packed, groupKeys: groups.items, personIds: people.items };
}

/** The inverse of `packResults`. */
export function* unpackResults(packed: PackedResults): Generator<CoverageResult> {
  for (const [at, number] of packed.findings.entries()) {
    const groupKey = packed.groupKeys[packed.groups[at] ?? -1];
    const personId = packed.personIds[packed.people[at] ?? -1];
    const finding = findings[number];
    if (groupKey === undefined || personId === undefined || finding === undefined) {
      throw new Defect("packed results do not fit together");
    }
    const { level, presence, reason } = finding;
    yield { groupKey, personId, level, presence, reason };
  }
}

class Numbering<Item> {
  readonly items: Item[] = [];
  readonly #numbers = new Map<Item, number>();

  numberOf(item: Item): number {
    const known = this.#numbers.get(item);
    if (known !== undefined) return known;
    const number = this.items.push(item) - 1;
    this.#numbers.set(item, number);
    return number;
  }
}

function numberOf({ level, presence, reason }: Finding): number {
  const number = numbers[level]?.[reason ?? presence];
  if (number === undefined) throw new Defect(`no result can be ${level} ${presence} ${reason}`);
  return number;
}

function keysOf<Key extends string>(words: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(words) as Key[];
}
