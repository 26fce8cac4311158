import { Eye, PencilLine, UserMinus } from "lucide-react";
import type { TeamMember } from "#shared/domain/team.ts";
import type { FoundGroup } from "#shared/domain/offboarding.ts";
import { openNewOperation, planOperation } from "#renderer/features/operations/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { formatCount, formatNoun } from "#renderer/ui/format.ts";
import { KeyboardHint } from "#renderer/ui/keyboard-hint.tsx";
import { AskOwners } from "./ask-owners.tsx";
import { clearPick } from "./find-state.ts";
import { allowedIn } from "./find-words.ts";

interface PickBarProps {
  readonly groups: readonly FoundGroup[];
  /** Null where every group was asked for. */
  readonly person: Pick<TeamMember, "id" | "name"> | null;
}

/** What can be done with the picked groups. Each leads to a plan first, which names those where we may not. */
export function PickBar({ groups, person }: PickBarProps) {
  const telegram = groups.filter(({ platform }) => platform === "telegram");
  const platforms = [...new Set(groups.map(({ platform }) => platform))];
  const groupKeys = groups.map(({ groupKey }) => groupKey);
  const closed = groups.filter((group) => !allowedIn(group).remove).length;
  return (
    <footer
      aria-label="Picked groups"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-accent bg-accent-soft px-5 py-1.5"
    >
      <p role="status" className="tabular mr-auto text-sm">
        <span className="font-medium">{formatNoun(groups.length, "group")} picked</span>
        {person && closed > 0 ? (
          <span className="text-fg-muted">
            : in {formatCount(closed)} we may not remove anybody; the plan says so for each
          </span>
        ) : null}
      </p>
      <span className="ml-auto flex flex-wrap items-center justify-end gap-x-3 gap-y-1.5">
        <Button variant="ghost" onClick={clearPick}>
          Clear <KeyboardHint keys="Escape" />
        </Button>
        {telegram.length > 0 ? (
          <Button
            icon={<Eye />}
            onClick={() =>
              void planOperation({
                kind: "history",
                visible: true,
                groups: { by: "key", groupKeys: telegram.map(({ groupKey }) => groupKey) },
              })
            }
          >
            Show history…
          </Button>
        ) : null}
        <AskOwners groups={telegram} />
        <Button
          icon={<PencilLine />}
          onClick={() => openNewOperation({ kind: "rename", groupsBy: "key", groupKeys, platforms })}
        >
          Rename…
        </Button>
        {person ? (
          <Button
            variant="primary"
            icon={<UserMinus />}
            onClick={() =>
              void planOperation({
                kind: "remove",
                targets: {
                  by: "pair",
                  pairs: groupKeys.map((groupKey) => ({ groupKey, personId: person.id })),
                },
                platforms,
              })
            }
          >
            Remove from {formatNoun(groups.length, "group")}…
          </Button>
        ) : null}
      </span>
    </footer>
  );
}
