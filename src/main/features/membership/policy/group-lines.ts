import type { GroupLines } from "#shared/contract/membership.ts";
import type { GroupKey, Platform } from "#shared/domain/ids.ts";
import { foldText, visibleText } from "./folded-text.ts";
import { readJsonLines } from "./json-lines.ts";

/** A group that a line may name. */
export interface ListedGroup {
  readonly key: GroupKey;
  readonly platform: Platform;
  readonly groupId: string;
  readonly name: string;
}

const WORDS: Readonly<Record<Platform, string>> = { slack: "Slack", telegram: "Telegram" };

/**
 * Which group is meant by each line: a key, an id, a link into Slack (`…/archives/C…`) or to a private Telegram group
 * (`t.me/c/…`), a name as it is written or, where no group is called exactly that, without regard to
 * case, then to what cannot be seen. A `#` before a
 * name means Slack. A line that fits several groups is asked about, one that names a group again is a duplicate. Lines
 * that together are a JSON file (a list of names, or a mapping whose old names are meant) are read as such.
 */
export function resolveGroupLines(
  lines: readonly string[],
  groups: readonly ListedGroup[],
  platforms: readonly Platform[],
): GroupLines {
  const find = indexGroups(groups.filter(({ platform }) => platforms.includes(platform)));
  const answer: GroupLines = { found: [], unknown: [], duplicates: [], ambiguous: [], emptyLines: 0 };
  const named = new Set<GroupKey>();
  for (const line of readJsonLines(lines) ?? lines) {
    const text = line.trim();
    if (text === "" || text === "#") {
      answer.emptyLines++;
      continue;
    }
    const fits = find(text);
    const [only] = fits;
    if (only === undefined) answer.unknown.push(text);
    else if (fits.length > 1)
      answer.ambiguous.push({
        line: text,
        names: fits.map(({ name, platform, groupId }) => `${name} (${WORDS[platform]}, ${groupId})`),
      });
    else if (named.has(only.key)) answer.duplicates.push(text);
    else {
      named.add(only.key);
      answer.found.push({ groupKey: only.key, name: only.name, platform: only.platform });
    }
  }
  return answer;
}

function indexGroups(groups: readonly ListedGroup[]): (text: string) => readonly ListedGroup[] {
  const byId = new Map<string, ListedGroup[]>();
  const byName = new Map<string, ListedGroup[]>();
  const byFolded = new Map<string, ListedGroup[]>();
  const byVisible = new Map<string, ListedGroup[]>();
  const add = (index: Map<string, ListedGroup[]>, at: string, group: ListedGroup) => {
    const there = index.get(at);
    if (there === undefined) index.set(at, [group]);
    else there.push(group);
  };
  for (const group of groups) {
    for (const id of new Set([group.key.toLowerCase(), ...idsOf(group)])) add(byId, id, group);
    add(byName, group.name.normalize("NFC").trim(), group);
    add(byFolded, foldText(group.name), group);
    add(byVisible, visibleText(group.name), group);
  }
  return (text) => {
    const composed = text.normalize("NFC");
    const byReading =
      byId.get(idInLink(composed) ?? composed.toLowerCase()) ??
      byName.get(composed) ??
      byFolded.get(foldText(composed)) ??
      byVisible.get(visibleText(composed));
    if (byReading !== undefined || !composed.startsWith("#")) return byReading ?? [];
    const bare = composed.slice(1).trim();
    const fits = byName.get(bare) ?? byFolded.get(foldText(bare)) ?? byVisible.get(visibleText(bare)) ?? [];
    return fits.filter(({ platform }) => platform === "slack");
  };
}

/** Telegram's ids are also written as the Bot API marks them: `-100…` for channels, `-…` for basic groups. */
function idsOf({ key, platform, groupId }: ListedGroup): readonly string[] {
  if (platform === "slack") return [groupId.toLowerCase()];
  const isBasic = key.endsWith(`:-${groupId}`);
  return isBasic ? [groupId, `-${groupId}`] : [groupId, `-100${groupId}`];
}

/** The group's id in a link to it; null when it is none. */
function idInLink(text: string): string | null {
  const slack =
    /^https?:\/\/[^/]+\.slack\.com\/(?:archives|messages)\/([A-Z0-9]+)/iu.exec(text) ??
    /^https?:\/\/app\.slack\.com\/client\/[A-Z0-9]+\/([A-Z0-9]+)/iu.exec(text) ??
    /^slack:\/\/channel\?.*\bid=([A-Z0-9]+)/iu.exec(text) ??
    /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/iu.exec(text);
  const telegram =
    /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/c\/(\d+)/iu.exec(text) ??
    /^https?:\/\/web\.telegram\.org\/[a-z]*\/?#(-?\d+)/iu.exec(text) ??
    /^tg:\/\/privatepost\?channel=(\d+)/iu.exec(text);
  return (slack?.[1] ?? telegram?.[1])?.toLowerCase() ?? null;
}
