import { failure, type Failure } from "#shared/domain/failure.ts";
import type { GroupKey, Platform } from "#shared/domain/ids.ts";
import { foldText } from "./folded-text.ts";

/** A group that may be renamed. */
export interface NamedGroup {
  readonly key: GroupKey;
  readonly platform: Platform;
  readonly groupId: string;
  readonly name: string;
}

/** What a group is to be called, as the rule says it; whether the platform allows it is not asked yet. */
export interface RenameWish {
  readonly key: GroupKey;
  readonly wanted: string;
}

/** A line of a mapping that names no group, or not one alone. */
export interface UnusableLine {
  readonly from: string;
  readonly to: string;
  readonly failure: Failure;
}

export interface RenameWishes {
  /** At most one for a group; also those whose name stays as it is. */
  readonly wishes: readonly RenameWish[];
  readonly unusable: readonly UnusableLine[];
}

/** So many names are listed where a line fits several groups. */
const NAMES_LISTED = 5;

/**
 * What the groups in which `replace` finds something are to be called. Null means that it found nothing: such groups
 * have no part in the operation.
 */
export function wishesByReplacing(
  groups: readonly NamedGroup[],
  replace: (group: NamedGroup) => string | null,
): RenameWishes {
  const wishes = groups.flatMap((group) => {
    const wanted = replace(group);
    return wanted === null ? [] : [{ key: group.key, wanted }];
  });
  return { wishes, unusable: [] };
}

/** Plain text, every place where it occurs; null where it does not. What is put in is not searched again. */
export function replacePlainly(
  name: string,
  rule: { readonly find: string; readonly replacement: string; readonly ignoreCase: boolean },
): string | null {
  const find = rule.find.normalize("NFC");
  const literal = new RegExp(RegExp.escape(find), rule.ignoreCase ? "giu" : "gu");
  const composed = name.normalize("NFC");
  // `search` looks from the start, whatever was found before.
  return composed.search(literal) < 0 ? null : composed.replace(literal, () => rule.replacement);
}

/**
 * What a mapping says. A line names a group by its name as it is written or, where none is called exactly that, without
 * regard to case; an id or a key of a group will do, too. Lines that fit several groups are not guessed at; nor are two
 * lines that want different names for one group. A line whose old name is gone and whose new name is there already is a
 * wish that is fulfilled, unless that group is to be renamed in turn.
 */
export function wishesByMapping(
  lines: readonly { readonly from: string; readonly to: string }[],
  groups: readonly NamedGroup[],
): RenameWishes {
  const find = indexGroups(groups);
  const unusable: UnusableLine[] = [];
  const byGroup = new Map<GroupKey, { readonly from: string; readonly to: string }[]>();
  const missing: { readonly from: string; readonly to: string }[] = [];
  for (const line of lines) {
    const found = find(line.from);
    const [only] = found;
    if (only === undefined) missing.push(line);
    else if (found.length > 1) unusable.push({ ...line, failure: ambiguous(line.from, found) });
    else byGroup.set(only.key, [...(byGroup.get(only.key) ?? []), line]);
  }
  const wishes: RenameWish[] = [];
  for (const [key, own] of byGroup) {
    const [first] = own;
    if (first === undefined) continue;
    if (own.every(({ to }) => foldText(to) === foldText(first.to))) wishes.push({ key, wanted: first.to });
    else for (const line of own) unusable.push({ ...line, failure: contradicting(line.from, own) });
  }
  for (const line of missing) {
    const [there, ...others] = find(line.to);
    if (there !== undefined && others.length === 0 && !byGroup.has(there.key)) {
      wishes.push({ key: there.key, wanted: there.name });
      byGroup.set(there.key, [line]);
    } else if (there === undefined || byGroup.get(there.key)?.[0]?.to !== line.to) {
      unusable.push({ ...line, failure: failure("membership/nobody-matches", { name: line.from }) });
    }
  }
  return { wishes, unusable };
}

function indexGroups(groups: readonly NamedGroup[]): (text: string) => readonly NamedGroup[] {
  const byId = new Map<string, NamedGroup[]>();
  const byName = new Map<string, NamedGroup[]>();
  const byFolded = new Map<string, NamedGroup[]>();
  const add = (index: Map<string, NamedGroup[]>, at: string, group: NamedGroup) => {
    const there = index.get(at);
    if (there === undefined) index.set(at, [group]);
    else there.push(group);
  };
  for (const group of groups) {
    add(byId, group.key, group);
    add(byId, group.groupId, group);
    add(byName, group.name.normalize("NFC").trim(), group);
    add(byFolded, foldText(group.name), group);
  }
  return (text) => {
    const composed = text.normalize("NFC").trim();
    const bare = composed.replace(/^#/u, "");
    return (
      byId.get(composed) ??
      byName.get(composed) ??
      byName.get(bare) ??
      byFolded.get(foldText(composed)) ??
      byFolded.get(foldText(bare)) ??
      []
    );
  };
}

function ambiguous(name: string, found: readonly NamedGroup[]): Failure {
  const names = found.slice(0, NAMES_LISTED).map((group) => `${group.name} (${group.key})`);
  return failure(
    "membership/ambiguous-name",
    { name, groups: names },
    `“${name}” fits ${found.length} groups: ${names.join(", ")}.`,
  );
}

function contradicting(name: string, lines: readonly { readonly to: string }[]): Failure {
  const names = lines.map(({ to }) => `“${to}”`).slice(0, NAMES_LISTED);
  return failure(
    "membership/ambiguous-name",
    { name },
    `It is to be called ${names.join(" and ")} at the same time.`,
  );
}
