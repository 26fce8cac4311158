import type { CommandOutput } from "#sandbox/cli/command-output.ts";
import { askControl, findControlUrl } from "#sandbox/cli/control-client.ts";
import { parseFlags, refuseWords, wholeNumber } from "#sandbox/cli/flags.ts";
import { loadWorld } from "#sandbox/world/load-world.ts";
import { writeRules } from "#sandbox/world/rules.ts";
import { tellTruth, type Truth } from "#sandbox/world/truth.ts";

/** `truth`: who is in which group, of a world that is not running or, with `--control`, of one that is. */
export async function runTruth(argv: readonly string[], output: CommandOutput): Promise<number> {
  const flags = parseFlags(argv, { valued: ["seed", "world", "control", "pid"], plain: ["json"] });
  refuseWords(flags);
  const live = flags.values.has("control") || flags.values.has("pid");
  const truth = live
    ? ((await askControl(findControlUrl(flags), "GET", "truth")) as Truth)
    : tellTruth(loadWorld(flags.values.get("world") ?? "reference", wholeNumber(flags, "seed", 1, 2 ** 31)));
  if (flags.plain.has("json")) {
    output.out(`${JSON.stringify(truth)}\n`);
    return 0;
  }
  for (const group of truth.groups) {
    const marks = [group.kind, group.isArchived && "archived", group.isShared && "shared"]
      .filter(Boolean)
      .join(" ");
    const name = group.platform === "slack" ? `#${group.name}` : group.name;
    output.out(`${group.id}  ${name}  ${marks}  ${group.memberIds.length} members\n`);
  }
  return 0;
}

/** `rules`: a team-and-rules file that fits the world; always JSON. */
export function runRules(argv: readonly string[], output: CommandOutput): number {
  const flags = parseFlags(argv, { valued: ["seed", "world"], plain: ["json"] });
  refuseWords(flags);
  const world = loadWorld(flags.values.get("world") ?? "reference", wholeNumber(flags, "seed", 1, 2 ** 31));
  output.out(`${JSON.stringify(writeRules(world), null, flags.plain.has("json") ? undefined : 2)}\n`);
  return 0;
}
