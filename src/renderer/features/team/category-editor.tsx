import { Trash2 } from "lucide-react";
import { Button } from "#renderer/ui/button.tsx";
import { Field } from "#renderer/ui/field.tsx";
import { focusWhenEmpty } from "#renderer/ui/focus-on-mount.ts";
import { Switch } from "#renderer/ui/switch.tsx";
import { TextInput } from "#renderer/ui/text-input.tsx";
import type { Category, Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { MatcherList } from "./matcher-list.tsx";
import { RequirementList } from "./requirement-list.tsx";
import { type RulesProblem, problemAt } from "./rules-problems.ts";

interface CategoryEditorProps {
  readonly category: Category;
  readonly at: number;
  readonly rules: Rules;
  readonly team: readonly TeamMember[];
  readonly problems: readonly RulesProblem[];
  readonly onChange: (category: Category) => void;
  readonly onRemove: () => void;
}

/** One category: its name, how its groups are recognised, and who must be in them. */
export function CategoryEditor(props: CategoryEditorProps) {
  const { category, at, problems, onChange } = props;
  return (
    <section
      aria-label={`Category ${category.name || "without a name"}`}
      className="min-w-0 flex-1 md:overflow-y-auto"
    >
      <div className="mx-auto max-w-176 space-y-6 px-5 py-4">
        <div className="flex flex-wrap items-end gap-3">
          <Field
            label="Name"
            isRequired
            error={problemAt(problems, `categories.${at}.name`)}
            className="min-w-48 flex-1"
          >
            {(control) => (
              <TextInput
                {...control}
                value={category.name}
                maxLength={100}
                ref={focusWhenEmpty}
                onChange={(event) => onChange({ ...category, name: event.target.value })}
              />
            )}
          </Field>
          <Button variant="ghost" icon={<Trash2 />} className="self-start md:mt-6" onClick={props.onRemove}>
            Remove category
          </Button>
        </div>
        <MatcherList
          matchers={category.matchers}
          path={`categories.${at}.matchers`}
          problems={problems}
          onChange={(matchers) => onChange({ ...category, matchers })}
        />
        <RequirementList
          requirements={category.requirements}
          rules={props.rules}
          team={props.team}
          onChange={(requirements) => onChange({ ...category, requirements })}
        />
        <div className="space-y-4 border-t border-line pt-4">
          <Switch
            label="Groups are expected to be private"
            hint="A public channel in this category becomes a finding of the audit."
            isOn={category.expectPrivate}
            onToggle={(expectPrivate) => onChange({ ...category, expectPrivate })}
          />
          <Switch
            label="New members are expected to see the history"
            hint="A Telegram group that hides it from them becomes a finding. Each group's settings are read for it."
            isOn={category.expectHistoryVisible ?? false}
            onToggle={(expectHistoryVisible) => onChange({ ...category, expectHistoryVisible })}
          />
          <Switch
            label="The connected account is expected to be an admin"
            hint="A Telegram group in which it is a plain member becomes a finding."
            isOn={category.expectAdminRight ?? false}
            onToggle={(expectAdminRight) => onChange({ ...category, expectAdminRight })}
          />
        </div>
      </div>
    </section>
  );
}
