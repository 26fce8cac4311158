import type { GroupKey, Platform } from "#shared/domain/ids.ts";
import { readMapping } from "./name-mapping.ts";
import type { OperationDraft } from "./operation-draft.ts";

/** A group whose name may change. */
export interface NamedGroup {
  readonly key: GroupKey;
  readonly name: string;
  readonly platform: Platform;
  /** What the deprecated terms make of its name; null when it holds none. */
  readonly suggestedName: string | null;
}

export interface RenamedGroup {
  readonly key: GroupKey;
  readonly platform: Platform;
  readonly before: string;
  readonly after: string;
  /** Why the platform will not have it, as far as can be told here; null when nothing speaks against it. */
  readonly problem: string | null;
}

export type RenamePreview =
  | { readonly renamed: readonly RenamedGroup[] }
  /** The rule cannot be used as it stands. */
  | { readonly problem: string };

export type PreviewRule = Pick<
  OperationDraft,
  "renameBy" | "find" | "replacement" | "isRegularExpression" | "ignoreCase" | "mappingText"
>;

const LONGEST: Readonly<Record<Platform, number>> = { slack: 80, telegram: 128 };

/**
 * What a rule makes of the names known from the last audit, for looking at while it is written. The plan itself asks
 * for the names anew and decides; this only spares it for what is plainly wrong.
 */
export function previewRenames(rule: PreviewRule, groups: readonly NamedGroup[]): RenamePreview {
  const rename = renamer(rule);
  if ("problem" in rename) return rename;
  const changed = groups.flatMap((group) => {
    const wanted = rename.of(group);
    const after = wanted === null ? null : nameOn(group.platform, wanted);
    return after === null || after === group.name ? [] : [{ group, after }];
  });
  const leaving = new Set(changed.map(({ group }) => nameKey(group.platform, group.name)));
  const taken = new Map<string, number>();
  for (const { platform, name } of groups) {
    const key = nameKey(platform, name);
    if (!leaving.has(key)) taken.set(key, (taken.get(key) ?? 0) + 1);
  }
  for (const { group, after } of changed) {
    const key = nameKey(group.platform, after);
    taken.set(key, (taken.get(key) ?? 0) + 1);
  }
  return {
    renamed: changed.map(({ group, after }) => ({
      key: group.key,
      platform: group.platform,
      before: group.name,
      after,
      problem: problemOf(group.platform, after, (taken.get(nameKey(group.platform, after)) ?? 0) > 1),
    })),
  };
}

/** What the platform makes of a name by itself: Slack writes lower case, and hyphens for blanks. */
function nameOn(platform: Platform, wanted: string): string {
  const name = wanted.normalize("NFC").trim();
  return platform === "slack" ? name.replace(/^#/, "").toLowerCase().replaceAll(/\s+/g, "-") : name;
}

function nameKey(platform: Platform, name: string): string {
  return `${platform}:${name.toLocaleLowerCase()}`;
}

function problemOf(platform: Platform, after: string, isTaken: boolean): string | null {
  if (after.trim() === "") return "Nothing would be left of the name.";
  if (isTaken) return "Another group has this name, or would get it.";
  const length = [...after].length;
  if (length > LONGEST[platform]) return `${length} characters; at most ${LONGEST[platform]}.`;
  if (platform === "slack" && !/^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]+$/u.test(after))
    return "Slack takes lower-case letters, digits, hyphens and underscores only.";
  return null;
}

type Renamer = { readonly of: (group: NamedGroup) => string | null };

function renamer(rule: PreviewRule): Renamer | { readonly problem: string } {
  if (rule.renameBy === "deprecated") return { of: ({ suggestedName }) => suggestedName };
  if (rule.renameBy === "mapping") {
    const mapping = readMapping(rule.mappingText);
    if ("problem" in mapping) return mapping;
    const names = new Map(mapping.names.map(({ from, to }) => [from.toLocaleLowerCase(), to]));
    return { of: ({ name }) => names.get(name.toLocaleLowerCase()) ?? null };
  }
  if (rule.find === "") return { problem: "Write what is to be found in the names." };
  const flags = rule.ignoreCase ? "giu" : "gu";
  if (!rule.isRegularExpression) {
    const text = new RegExp(RegExp.escape(rule.find.normalize("NFC")), flags);
    return { of: ({ name }) => replaced(name, text, () => rule.replacement) };
  }
  try {
    const pattern = new RegExp(rule.find, flags);
    return { of: ({ name }) => replaced(name, pattern, rule.replacement) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : "This pattern cannot be used." };
  }
}

/** Null where nothing is found: such a group has no part in it, whatever its platform would make of its name. */
function replaced(name: string, pattern: RegExp, by: string | (() => string)): string | null {
  const composed = name.normalize("NFC");
  if (composed.search(pattern) < 0) return null;
  return typeof by === "string" ? composed.replace(pattern, by) : composed.replace(pattern, by);
}
