import type { CommandGroup, CommandItem } from "#renderer/ui/command-dialog.tsx";

/** A group of commands; `isOnDemand` ones are too many to show before something is typed. */
export interface CommandSource extends CommandGroup {
  readonly isOnDemand: boolean;
}

const SHOWN_A_GROUP = 8;

/**
 * The commands that contain every word of the search, in label or detail, without regard to case: those whose label
 * begins with it first. At most eight a group; groups without any are left out.
 */
export function findCommands(sources: readonly CommandSource[], search: string): CommandGroup[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return sources.flatMap(({ title, items, isOnDemand }) => {
    if (words.length === 0) return isOnDemand ? [] : [{ title, items }];
    const fitting = items
      .map((item) => ({ item, rank: rankOf(item, words) }))
      .filter(({ rank }) => rank > 0)
      .sort((a, b) => b.rank - a.rank)
      .slice(0, SHOWN_A_GROUP)
      .map(({ item }) => item);
    return fitting.length > 0 ? [{ title, items: fitting }] : [];
  });
}

/** 0 does not fit; higher fits better. */
function rankOf(item: CommandItem, words: readonly string[]): number {
  const label = item.label.toLocaleLowerCase();
  const whole = `${label} ${item.detail?.toLocaleLowerCase() ?? ""}`;
  if (!words.every((word) => whole.includes(word))) return 0;
  const [first = ""] = words;
  if (label.startsWith(first)) return 3;
  return label.includes(first) ? 2 : 1;
}
