import { UserMinus, UserPlus } from "lucide-react";
import { planOperation } from "#renderer/features/operations/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { formatCount, formatNoun } from "#renderer/ui/format.ts";
import { KeyboardHint } from "#renderer/ui/keyboard-hint.tsx";
import { clearMarks } from "./matrix-marks.ts";
import type { MarkedCells } from "./marked-cells.ts";

/** Has the gaps among the picked cells planned; nothing is changed by that. */
export function planGaps({ gaps, platforms }: Pick<MarkedCells, "gaps" | "platforms">): void {
  if (gaps.length === 0) return;
  void planOperation({
    kind: "add",
    targets: { by: "pair", pairs: [...gaps] },
    platforms: [...platforms],
  });
}

/** What can be done with the picked cells, in the place of the legend. */
export function MarkBar({ marks }: { marks: MarkedCells }) {
  const { count, gaps, present, platforms } = marks;
  return (
    <footer
      aria-label="Picked cells"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-accent bg-accent-soft px-5 py-1.5"
    >
      <p role="status" className="tabular mr-auto text-sm">
        <span className="font-medium">{formatNoun(count, "cell")} picked</span>
        <span className="text-fg-muted">
          : {formatNoun(gaps.length, "gap")}, {formatCount(present.length)} present
        </span>
      </p>
      <Button variant="ghost" onClick={clearMarks}>
        Clear <KeyboardHint keys="Escape" />
      </Button>
      <Button
        icon={<UserMinus />}
        disabled={present.length === 0}
        onClick={() =>
          void planOperation({
            kind: "remove",
            targets: { by: "pair", pairs: [...present] },
            platforms: [...platforms],
          })
        }
      >
        Remove the {formatCount(present.length)} present…
      </Button>
      <Button
        variant="primary"
        icon={<UserPlus />}
        disabled={gaps.length === 0}
        onClick={() => planGaps(marks)}
      >
        Add the {formatCount(gaps.length)} missing… <KeyboardHint keys="a" />
      </Button>
    </footer>
  );
}
