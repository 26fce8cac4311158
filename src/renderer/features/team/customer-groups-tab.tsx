import type { Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { PatternList } from "./pattern-list.tsx";
import { problemAt, type RulesProblem } from "./rules-problems.ts";
import { TelegramScopeEditor } from "./telegram-scope-editor.tsx";
import { editRules } from "./use-rules-draft.ts";

interface CustomerGroupsTabProps {
  readonly rules: Rules;
  readonly team: readonly TeamMember[];
  readonly problems: readonly RulesProblem[];
}

/** Which groups are customers' groups at all. */
export function CustomerGroupsTab({ rules, team, problems }: CustomerGroupsTabProps) {
  const { customerGroups } = rules;
  const edit = (list: "include" | "exclude", change: (patterns: readonly string[]) => string[]) =>
    editRules((rules) => ({
      ...rules,
      customerGroups: { ...rules.customerGroups, [list]: change(rules.customerGroups[list]) },
    }));
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-224 px-5 py-4">
        <p className="max-w-prose text-sm text-pretty text-fg-muted">
          An audit looks at groups whose name matches any pattern on the left and none on the right. Write{" "}
          <code className="font-mono text-xs text-fg">*</code> for any text,{" "}
          <code className="font-mono text-xs text-fg">?</code> for one character,{" "}
          <code className="font-mono text-xs text-fg">{"{a,b}"}</code> for either. Case does not matter.
        </p>
        <div className="mt-4 grid gap-6 md:grid-cols-2">
          <PatternList
            title="Counts as a customer group"
            emptyText="No group counts yet, so an audit finds nothing to look at."
            placeholder="*bitsafe*"
            patterns={customerGroups.include}
            onEdit={(change) => edit("include", change)}
          />
          <PatternList
            title="Except"
            emptyText="No exceptions."
            placeholder="*-internal"
            patterns={customerGroups.exclude}
            onEdit={(change) => edit("exclude", change)}
          />
        </div>
        <TelegramScopeEditor
          scope={rules.telegramScope}
          team={team}
          problem={problemAt(problems, "telegramScope.title")}
          onChange={(telegramScope) => editRules((now) => ({ ...now, telegramScope }))}
        />
      </div>
    </div>
  );
}
