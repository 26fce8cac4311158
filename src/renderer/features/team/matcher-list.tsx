import { AtSign, Hash, Plus, Regex } from "lucide-react";
import { useId } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import type { GroupMatcher } from "#shared/domain/rules.ts";
import { MatcherRow } from "./matcher-row.tsx";
import { ListHeading } from "./list-heading.tsx";
import { emptyMatcher, insertItem, removeItem, replaceItem } from "./rules-draft.ts";
import { type RulesProblem, problemAt } from "./rules-problems.ts";

interface MatcherListProps {
  readonly matchers: readonly GroupMatcher[];
  /** Where in the rules the list stands, for its problems. */
  readonly path: string;
  readonly problems: readonly RulesProblem[];
  readonly onChange: (matchers: GroupMatcher[]) => void;
}

/** How a category's groups are recognised: any one of these is enough. */
export function MatcherList({ matchers, path, problems, onChange }: MatcherListProps) {
  const headingId = useId();
  const add = (kind: GroupMatcher["kind"]) =>
    onChange(insertItem(matchers, matchers.length, emptyMatcher(kind)));
  return (
    <section aria-labelledby={headingId}>
      <ListHeading
        id={headingId}
        title="Recognised by"
        hint="Any one of these is enough. Case does not matter."
        action={
          <Menu
            trigger={<Button icon={<Plus />}>Add a matcher</Button>}
            groups={[
              [
                { label: "Name pattern", icon: <Regex />, onSelect: () => add("pattern") },
                { label: "Exact names", icon: <Hash />, onSelect: () => add("name") },
                { label: "Group ids", icon: <AtSign />, onSelect: () => add("id") },
              ],
            ]}
          />
        }
      />
      {matchers.length === 0 ? (
        <p className="rounded-md border border-dashed border-line-strong px-3 py-3 text-sm text-fg-muted">
          No group is recognised yet: this category stays empty.
        </p>
      ) : (
        <ul className="space-y-2">
          {matchers.map((matcher, at) => (
            <MatcherRow
              key={at}
              matcher={matcher}
              error={problemAt(problems, `${path}.${at}`)}
              onChange={(changed) => onChange(replaceItem(matchers, at, changed))}
              onRemove={() => onChange(removeItem(matchers, at))}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
